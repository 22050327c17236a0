CREATE TABLE "__drizzle_migrations" (
			id SERIAL PRIMARY KEY,
			hash text NOT NULL,
			created_at numeric
		);
CREATE TABLE `accounts` (
	`host` text NOT NULL,
	`forge_id` integer NOT NULL,
	`login` text NOT NULL,
	`is_bot` integer NOT NULL,
	PRIMARY KEY(`host`, `forge_id`)
) WITHOUT ROWID;
CREATE TABLE `closes` (
	`pull_id` integer NOT NULL,
	`issue_id` integer NOT NULL,
	PRIMARY KEY(`pull_id`, `issue_id`)
) WITHOUT ROWID;
CREATE TABLE `contributors` (
	`repository_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `account_id`)
) WITHOUT ROWID;
CREATE TABLE `items` (
	`subject_id` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`title` text NOT NULL,
	`author_id` integer,
	`comments` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`closed_at` integer,
	`merged_at` integer,
	`is_draft` integer NOT NULL
);
CREATE TABLE `labels` (
	`id` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL
);
CREATE TABLE `log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`person_id` integer NOT NULL,
	`subject_id` integer NOT NULL,
	`value` integer NOT NULL,
	`cast_at` integer NOT NULL,
	`accepted_at` integer NOT NULL
);
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`login` text NOT NULL,
	`forge_id` integer,
	`created_at` integer NOT NULL
, `avatar_url` text, `forgotten_at` integer);
CREATE TABLE `repositories` (
	`id` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`forge_id` integer
, `default_branch` text, `imported_at` integer);
CREATE TABLE `repository_names` (
	`host` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`repository_id` integer NOT NULL,
	PRIMARY KEY(`host`, `owner`, `name`)
) WITHOUT ROWID;
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `subject_labels` (
	`label_id` integer NOT NULL,
	`subject_id` integer NOT NULL,
	PRIMARY KEY(`label_id`, `subject_id`)
) WITHOUT ROWID;
CREATE TABLE `subjects` (
	`id` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`number` integer NOT NULL,
	`part` text NOT NULL,
	`contributors_up` integer NOT NULL,
	`contributors_down` integer NOT NULL,
	`others_up` integer NOT NULL,
	`others_down` integer NOT NULL,
	`reactions` text DEFAULT '{}' NOT NULL,
	`value` integer NOT NULL,
	`top` integer NOT NULL,
	`hot` integer NOT NULL,
	`rising` integer,
	`controversial` integer NOT NULL
, `kind` text, `state` text, `opened_at` integer, `is_linked` integer DEFAULT false NOT NULL, `merged_into` integer);
CREATE TABLE `votes` (
	`subject_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`value` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	`seq` integer NOT NULL, `is_contributor` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`subject_id`, `person_id`)
) WITHOUT ROWID;
CREATE TABLE `work` (
	`repository_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `kind`, `ref`)
) WITHOUT ROWID;
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, 'c1b0405ca9833fadbe3c4a5491caaf9fa20ccf928b78e57831c24a19ac97bb3b', 1795412039183);
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, '44540fc6832b41c2b6c5f5aef94957c6566dae709eca21b2a5f9804388eb8307', 1795469760420);
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, '9a5617aefe6185e0656634ea58a426830b0ca584a8f17fc47226c79c3d49f941', 1795470302535);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 100, 'ada', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 101, 'grace', 0);
INSERT INTO "closes" ("pull_id", "issue_id") VALUES (1, 3);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 100);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (1, 1, 'It''s "quoted"', 100, 2, 1794000001000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (3, 1, 'Plant trees', 100, 2, 1794000001000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (4, 1, 'Plant trees', 100, 2, 1794000001000, 1794000001000, 1794000001000, 0);
INSERT INTO "labels" ("id", "repository_id", "name", "color") VALUES (1, 1, 'bug', 'ff0000');
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (0, '00000000-0000-4000-8000-000000000001', 2, 1, 0, 1795000001000, 1795485632002);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (1, '00000000-0000-4000-8000-000000000002', 1, 2, 1, 1795000002000, 1795485632018);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (2, '00000000-0000-4000-8000-000000000003', 1, 2, -1, 1795000003000, 1795485632025);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (3, '00000000-0000-4000-8000-000000000004', 2, 2, -1, 1795000004000, 1795485632040);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (4, '00000000-0000-4000-8000-000000000005', 2, 1, 0, 1795000005000, 1795485632044);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (5, '00000000-0000-4000-8000-000000000006', 4, 1, 0, 1795000006000, 1795485632058);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (6, '00000000-0000-4000-8000-000000000007', 4, 1, -1, 1795000007000, 1795485632066);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (7, '00000000-0000-4000-8000-000000000008', 4, 2, -1, 1795000008000, 1795485632095);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (8, '00000000-0000-4000-8000-000000000009', 2, 3, 0, 1795000009000, 1795485632105);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (9, '00000000-0000-4000-8000-00000000000a', 1, 1, 1, 1795000010000, 1795485632113);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (10, '00000000-0000-4000-8000-00000000000b', 5, 2, 1, 1795000011000, 1795485632120);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (11, '00000000-0000-4000-8000-00000000000c', 1, 1, 1, 1795000012000, 1795485632132);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (12, '00000000-0000-4000-8000-00000000000d', 1, 1, 1, 1795000013000, 1795485632136);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (13, '00000000-0000-4000-8000-00000000000e', 1, 1, 1, 1795000014000, 1795485632139);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (14, '00000000-0000-4000-8000-00000000000f', 4, 5, 1, 1795000015000, 1795485632171);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (15, '00000000-0000-4000-8000-000000000010', 1, 4, 0, 1795000016000, 1795485632176);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (16, '00000000-0000-4000-8000-000000000011', 3, 4, -1, 1795000017000, 1795485632183);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (17, '00000000-0000-4000-8000-000000000012', 4, 4, -1, 1795000018000, 1795485632188);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (18, '00000000-0000-4000-8000-000000000013', 4, 3, -1, 1795000019000, 1795485632192);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (19, '00000000-0000-4000-8000-000000000014', 4, 4, 0, 1795000020000, 1795485632195);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (20, '00000000-0000-4000-8000-000000000015', 2, 5, -1, 1795000021000, 1795485632200);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (21, '00000000-0000-4000-8000-000000000016', 1, 3, 0, 1795000022000, 1795485632202);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (22, '00000000-0000-4000-8000-000000000017', 2, 1, 1, 1795000023000, 1795485632204);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (23, '00000000-0000-4000-8000-000000000018', 3, 1, 0, 1795000024000, 1795485632206);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (24, '00000000-0000-4000-8000-000000000019', 1, 2, 0, 1795000025000, 1795485632209);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (25, '00000000-0000-4000-8000-00000000001a', 1, 3, 1, 1795000026000, 1795485632212);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (26, '00000000-0000-4000-8000-00000000001b', 5, 3, -1, 1795000027000, 1795485632217);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (27, '00000000-0000-4000-8000-00000000001c', 2, 2, 0, 1795000028000, 1795485632220);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (1, 'github.com', 'ada', NULL, 1795485631956, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (2, 'github.com', 'grace', NULL, 1795485631975, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (3, 'github.com', 'edsger', NULL, 1795485631984, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (4, 'github.com', 'barbara', NULL, 1795485631987, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (5, 'github.com', 'donald', NULL, 1795485631993, NULL, NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (1, 'github.com', 'numpy', 'numpy', 908607, 'main', NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (2, 'github.com', 'scipy', 'scipy', NULL, NULL, NULL);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'numpy', 'numpy', 1);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'scipy', 'scipy', 2);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (1, 1, '2jhY63Vr-TYtFJoeTtGFmE7J5BwVsUBWMVoa3j900aA', 1795485631956, 1803261631956, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (2, 2, 'E6Kpchs49dOvMpBU0Vee8BOnZB_0bwAleDS3VRYzPdY', 1795485631975, 1803261631975, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (3, 3, 'Ht9dDAdGbFKfHnTP5fcSWvDwRHYy6utuCKobJOU480Y', 1795485631984, 1803261631984, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (4, 4, '3amL00AQxgqYSFi_o-M9wD75fVCVbKqI3a-DDWKp4m0', 1795485631987, 1803261631987, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (5, 5, 'allfypeVYCJsUJWU5dGFPLMzsLvCazZ55vgv9EaigMA', 1795485631993, 1803261631993, NULL);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 1);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 3);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 4);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (1, 1, 46, '', 1, 0, 1, 1, '{"+1":3,"heart":1}', 405226956, 9, 75577407579, 1022814249241, 47222964, 'pull', 'open', 1794000000000, 1, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (2, 2, 7, '', 0, 0, 1, 1, '{}', 198979245, 0, 48520607017, 1002471693145, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (3, 1, 45, '', 1, 0, 0, 2, '{"+1":3,"heart":1}', 324621326, 5, 47783635193, 1001734717477, 135598665, 'issue', 'open', 1794000000000, 1, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (4, 1, 47, '', 0, 0, 0, 1, '{}', 130296409, -2, -74577407559, NULL, 0, 'pull', 'closed', 1794000000000, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (5, 1, 45, 'issuecomment-678', 0, 0, 1, 1, '{}', 198979245, 0, -48734741564, NULL, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 1, 1, 1795485632139, 13, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 2, 1, 1795485632204, 22, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 3, 0, 1795485632206, 23, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 4, -1, 1795485632066, 6, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 1, 0, 1795485632209, 24, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 2, 0, 1795485632220, 27, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 4, -1, 1795485632095, 7, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 5, 1, 1795485632120, 10, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 1, 1, 1795485632212, 25, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 2, 0, 1795485632105, 8, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 4, -1, 1795485632192, 18, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 5, -1, 1795485632217, 26, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 1, 0, 1795485632176, 15, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 3, -1, 1795485632183, 16, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 4, 0, 1795485632195, 19, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 2, -1, 1795485632200, 20, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 4, 1, 1795485632171, 14, 0);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'pull', '47', 100, 1794000001000);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', 'abc', 101, 1790000001000);
CREATE INDEX `accounts_login` ON `accounts` (`host`,lower("login"));
CREATE INDEX `closes_issue` ON `closes` (`issue_id`);
CREATE INDEX `feed_controversial` ON `subjects` (`repository_id`,`kind`,`state`,"controversial" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_hot` ON `subjects` (`repository_id`,`kind`,`state`,"hot" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_new` ON `subjects` (`repository_id`,`kind`,`state`,"opened_at" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_rising` ON `subjects` (`repository_id`,`kind`,`state`,"rising" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_top` ON `subjects` (`repository_id`,`kind`,`state`,"top" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_value` ON `subjects` (`repository_id`,`kind`,`state`,"value" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `items_author` ON `items` (`repository_id`,`author_id`);
CREATE UNIQUE INDEX `labels_name` ON `labels` (`repository_id`,lower("name"));
CREATE UNIQUE INDEX `log_vote` ON `log` (`id`,`person_id`);
CREATE UNIQUE INDEX `persons_forge_id` ON `persons` (`host`,`forge_id`);
CREATE UNIQUE INDEX `persons_local_login` ON `persons` (`host`,lower("login")) WHERE "persons"."forge_id" IS NULL AND "persons"."forgotten_at" IS NULL;
CREATE UNIQUE INDEX `repositories_forge_id` ON `repositories` (`host`,`forge_id`);
CREATE INDEX `repository_names_of` ON `repository_names` (`repository_id`);
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);
CREATE INDEX `subject_labels_of` ON `subject_labels` (`subject_id`);
CREATE UNIQUE INDEX `subjects_address` ON `subjects` (`repository_id`,`number`,`part`);
CREATE INDEX `votes_person` ON `votes` (`person_id`);
CREATE INDEX `work_of` ON `work` (`repository_id`,`account_id`,`at`);
