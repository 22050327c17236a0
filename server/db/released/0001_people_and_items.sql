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
	`seq` integer NOT NULL,
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
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (0, '00000000-0000-4000-8000-000000000001', 2, 1, 0, 1795000001000, 1795485629680);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (1, '00000000-0000-4000-8000-000000000002', 1, 2, 1, 1795000002000, 1795485629685);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (2, '00000000-0000-4000-8000-000000000003', 1, 2, -1, 1795000003000, 1795485629688);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (3, '00000000-0000-4000-8000-000000000004', 2, 2, -1, 1795000004000, 1795485629691);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (4, '00000000-0000-4000-8000-000000000005', 2, 1, 0, 1795000005000, 1795485629693);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (5, '00000000-0000-4000-8000-000000000006', 4, 1, 0, 1795000006000, 1795485629696);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (6, '00000000-0000-4000-8000-000000000007', 4, 1, -1, 1795000007000, 1795485629699);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (7, '00000000-0000-4000-8000-000000000008', 4, 2, -1, 1795000008000, 1795485629701);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (8, '00000000-0000-4000-8000-000000000009', 2, 3, 0, 1795000009000, 1795485629703);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (9, '00000000-0000-4000-8000-00000000000a', 1, 1, 1, 1795000010000, 1795485629706);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (10, '00000000-0000-4000-8000-00000000000b', 5, 2, 1, 1795000011000, 1795485629709);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (11, '00000000-0000-4000-8000-00000000000c', 1, 1, 1, 1795000012000, 1795485629711);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (12, '00000000-0000-4000-8000-00000000000d', 1, 1, 1, 1795000013000, 1795485629713);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (13, '00000000-0000-4000-8000-00000000000e', 1, 1, 1, 1795000014000, 1795485629716);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (1, 'github.com', 'ada', NULL, 1795485629658, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (2, 'github.com', 'grace', NULL, 1795485629668, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (3, 'github.com', 'edsger', NULL, 1795485629671, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (4, 'github.com', 'barbara', NULL, 1795485629674, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (5, 'github.com', 'donald', NULL, 1795485629677, NULL, NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (1, 'github.com', 'numpy', 'numpy', NULL, NULL, NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (2, 'github.com', 'scipy', 'scipy', NULL, NULL, NULL);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'numpy', 'numpy', 1);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'scipy', 'scipy', 2);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (1, 1, 'oxGtIaGGG5Q5Psa8nayZTSZJbkK0aPfd02UxVf8bXSQ', 1795485629658, 1803261629658, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (2, 2, 'lFzqEBte0uKlI7QZnTRTqvMvjZD4E2v_ahANAPQgv3A', 1795485629668, 1803261629668, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (3, 3, 'z_GOxGsfn1DO5SRLER249PdHw9LeSnrao-2O2tmoYBc', 1795485629671, 1803261629671, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (4, 4, 'u9ge2jLplRSH3A0Y7xSQ8B4-0lkx1PiYgEFX8-M3XLs', 1795485629674, 1803261629674, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (5, 5, 'HCTtemN1lQZKF5MpfP5AJB0W1dT0Xjpr-g41kKcPvB8', 1795485629677, 1803261629677, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (1, 1, 46, '', 0, 0, 1, 1, '{}', 198979245, 0, 47964235543, 1001915299830, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (2, 2, 7, '', 0, 0, 1, 3, '{}', 148624100, -4, -75577405494, NULL, 78080748, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (3, 1, 45, '', 0, 0, 0, 0, '{}', 164251720, 0, 0, NULL, 0, NULL, NULL, NULL, 0, NULL);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 1, 1, 1795485629716, 13);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 2, 0, 1795485629693, 4);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 4, -1, 1795485629699, 6);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 1, -1, 1795485629688, 2);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 2, -1, 1795485629691, 3);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 4, -1, 1795485629701, 7);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 5, 1, 1795485629709, 10);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (3, 2, 0, 1795485629703, 8);
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
