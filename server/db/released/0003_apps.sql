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
CREATE TABLE `apps` (
	`host` text PRIMARY KEY NOT NULL,
	`app_id` integer NOT NULL,
	`slug` text NOT NULL,
	`client_id` text NOT NULL,
	`client_secret` text NOT NULL,
	`webhook_secret` text,
	`private_key` text NOT NULL,
	`created_at` integer NOT NULL
);
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
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, '9675dfbef449c3261fa88e53e97e34df40e7af92b677fda00a3ba7f2e34b429e', 1795471399393);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 100, 'ada', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 101, 'grace', 0);
INSERT INTO "closes" ("pull_id", "issue_id") VALUES (1, 3);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 100);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (1, 1, 'It''s "quoted"', 100, 2, 1794000001000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (3, 1, 'Plant trees', 100, 2, 1794000001000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (4, 1, 'Plant trees', 100, 2, 1794000001000, 1794000001000, 1794000001000, 0);
INSERT INTO "labels" ("id", "repository_id", "name", "color") VALUES (1, 1, 'bug', 'ff0000');
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (0, '00000000-0000-4000-8000-000000000001', 2, 1, 0, 1795000001000, 1795485634614);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (1, '00000000-0000-4000-8000-000000000002', 1, 2, 1, 1795000002000, 1795485634619);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (2, '00000000-0000-4000-8000-000000000003', 1, 2, -1, 1795000003000, 1795485634623);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (3, '00000000-0000-4000-8000-000000000004', 2, 2, -1, 1795000004000, 1795485634626);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (4, '00000000-0000-4000-8000-000000000005', 2, 1, 0, 1795000005000, 1795485634629);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (5, '00000000-0000-4000-8000-000000000006', 4, 1, 0, 1795000006000, 1795485634632);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (6, '00000000-0000-4000-8000-000000000007', 4, 1, -1, 1795000007000, 1795485634634);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (7, '00000000-0000-4000-8000-000000000008', 4, 2, -1, 1795000008000, 1795485634637);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (8, '00000000-0000-4000-8000-000000000009', 2, 3, 0, 1795000009000, 1795485634649);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (9, '00000000-0000-4000-8000-00000000000a', 1, 1, 1, 1795000010000, 1795485634656);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (10, '00000000-0000-4000-8000-00000000000b', 5, 2, 1, 1795000011000, 1795485634665);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (11, '00000000-0000-4000-8000-00000000000c', 1, 1, 1, 1795000012000, 1795485634676);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (12, '00000000-0000-4000-8000-00000000000d', 1, 1, 1, 1795000013000, 1795485634680);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (13, '00000000-0000-4000-8000-00000000000e', 1, 1, 1, 1795000014000, 1795485634690);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (14, '00000000-0000-4000-8000-00000000000f', 4, 5, 1, 1795000015000, 1795485634708);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (15, '00000000-0000-4000-8000-000000000010', 1, 4, 0, 1795000016000, 1795485634711);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (16, '00000000-0000-4000-8000-000000000011', 3, 4, -1, 1795000017000, 1795485634714);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (17, '00000000-0000-4000-8000-000000000012', 4, 4, -1, 1795000018000, 1795485634717);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (18, '00000000-0000-4000-8000-000000000013', 4, 3, -1, 1795000019000, 1795485634719);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (19, '00000000-0000-4000-8000-000000000014', 4, 4, 0, 1795000020000, 1795485634721);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (20, '00000000-0000-4000-8000-000000000015', 2, 5, -1, 1795000021000, 1795485634723);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (21, '00000000-0000-4000-8000-000000000016', 1, 3, 0, 1795000022000, 1795485634726);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (22, '00000000-0000-4000-8000-000000000017', 2, 1, 1, 1795000023000, 1795485634728);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (23, '00000000-0000-4000-8000-000000000018', 3, 1, 0, 1795000024000, 1795485634734);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (24, '00000000-0000-4000-8000-000000000019', 1, 2, 0, 1795000025000, 1795485634736);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (25, '00000000-0000-4000-8000-00000000001a', 1, 3, 1, 1795000026000, 1795485634738);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (26, '00000000-0000-4000-8000-00000000001b', 5, 3, -1, 1795000027000, 1795485634741);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (27, '00000000-0000-4000-8000-00000000001c', 2, 2, 0, 1795000028000, 1795485634743);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (1, 'github.com', 'ada', NULL, 1795485634589, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (2, 'github.com', 'grace', NULL, 1795485634599, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (3, 'github.com', 'edsger', NULL, 1795485634603, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (4, 'github.com', 'barbara', NULL, 1795485634606, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (5, 'github.com', 'donald', NULL, 1795485634609, NULL, NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (1, 'github.com', 'numpy', 'numpy', 908607, 'main', NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (2, 'github.com', 'scipy', 'scipy', NULL, NULL, NULL);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'numpy', 'numpy', 1);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'scipy', 'scipy', 2);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (1, 1, '19CQCTAp6KppVZSnICfJ4sBnItA5XHqLhPVHP9CubP0', 1795485634589, 1803261634589, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (2, 2, '3r3gnxBT4dW3-ayhtR-s-YoBw_2JS7ybvsXLMHh3d6I', 1795485634599, 1803261634599, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (3, 3, 'vRUsV7MMpysNTnWmYOS2hjhY9orwy-oJ7-M8t13FA2g', 1795485634603, 1803261634603, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (4, 4, 'o2NoojdAvZn2kAYypP1JiW4A92Keoq8_xcbmWY2HUbg', 1795485634606, 1803261634606, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (5, 5, 'Ko7ksmr0jSgRAmubsIZBSrLAlGmgqafwWsrR05I0tDU', 1795485634609, 1803261634609, NULL);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 1);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 3);
INSERT INTO "subject_labels" ("label_id", "subject_id") VALUES (1, 4);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (1, 1, 46, '', 1, 0, 1, 1, '{"+1":3,"heart":1}', 405226956, 9, 75577409670, 1022814277536, 47222964, 'pull', 'open', 1794000000000, 1, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (2, 2, 7, '', 0, 0, 1, 1, '{}', 198979245, 0, 48684108950, 1002635221948, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (3, 1, 45, '', 1, 0, 0, 2, '{"+1":3,"heart":1}', 324621326, 5, 47876741034, 1001827856146, 135598665, 'issue', 'open', 1794000000000, 1, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (4, 1, 47, '', 0, 0, 0, 1, '{}', 130296409, -2, -74577409651, NULL, 0, 'pull', 'closed', 1794000000000, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (5, 1, 45, 'issuecomment-678', 0, 0, 1, 1, '{}', 198979245, 0, -47783662086, NULL, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 1, 1, 1795485634690, 13, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 2, 1, 1795485634728, 22, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 3, 0, 1795485634734, 23, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 4, -1, 1795485634634, 6, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 1, 0, 1795485634736, 24, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 2, 0, 1795485634743, 27, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 4, -1, 1795485634637, 7, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 5, 1, 1795485634665, 10, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 1, 1, 1795485634738, 25, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 2, 0, 1795485634649, 8, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 4, -1, 1795485634719, 18, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 5, -1, 1795485634741, 26, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 1, 0, 1795485634711, 15, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 3, -1, 1795485634714, 16, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 4, 0, 1795485634721, 19, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 2, -1, 1795485634723, 20, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 4, 1, 1795485634708, 14, 0);
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
