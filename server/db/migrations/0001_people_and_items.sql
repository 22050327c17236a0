CREATE TABLE `accounts` (
	`host` text NOT NULL,
	`forge_id` integer NOT NULL,
	`login` text NOT NULL,
	`is_bot` integer NOT NULL,
	PRIMARY KEY(`host`, `forge_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `accounts_login` ON `accounts` (`host`,lower("login"));--> statement-breakpoint
CREATE TABLE `closes` (
	`pull_id` integer NOT NULL,
	`issue_id` integer NOT NULL,
	PRIMARY KEY(`pull_id`, `issue_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `closes_issue` ON `closes` (`issue_id`);--> statement-breakpoint
CREATE TABLE `contributors` (
	`repository_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `account_id`)
) WITHOUT ROWID;
--> statement-breakpoint
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
--> statement-breakpoint
CREATE INDEX `items_author` ON `items` (`repository_id`,`author_id`);--> statement-breakpoint
CREATE TABLE `labels` (
	`id` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`name` text NOT NULL,
	`color` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `labels_name` ON `labels` (`repository_id`,lower("name"));--> statement-breakpoint
CREATE TABLE `repository_names` (
	`host` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`repository_id` integer NOT NULL,
	PRIMARY KEY(`host`, `owner`, `name`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `repository_names_of` ON `repository_names` (`repository_id`);--> statement-breakpoint
CREATE TABLE `subject_labels` (
	`label_id` integer NOT NULL,
	`subject_id` integer NOT NULL,
	PRIMARY KEY(`label_id`, `subject_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `subject_labels_of` ON `subject_labels` (`subject_id`);--> statement-breakpoint
CREATE TABLE `work` (
	`repository_id` integer NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`account_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `kind`, `ref`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `work_of` ON `work` (`repository_id`,`account_id`,`at`);--> statement-breakpoint
DROP INDEX `persons_login`;--> statement-breakpoint
ALTER TABLE `persons` ADD `avatar_url` text;--> statement-breakpoint
ALTER TABLE `persons` ADD `forgotten_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `persons_local_login` ON `persons` (`host`,lower("login")) WHERE "persons"."forge_id" IS NULL AND "persons"."forgotten_at" IS NULL;--> statement-breakpoint
INSERT INTO `repository_names` (`host`, `owner`, `name`, `repository_id`)
	SELECT `host`, `owner`, `name`, `id` FROM `repositories`;--> statement-breakpoint
DROP INDEX `repositories_name`;--> statement-breakpoint
ALTER TABLE `repositories` ADD `default_branch` text;--> statement-breakpoint
ALTER TABLE `repositories` ADD `imported_at` integer;--> statement-breakpoint
ALTER TABLE `subjects` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `subjects` ADD `state` text;--> statement-breakpoint
ALTER TABLE `subjects` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `subjects` ADD `is_linked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `subjects` ADD `merged_into` integer;--> statement-breakpoint
CREATE INDEX `feed_value` ON `subjects` (`repository_id`,`kind`,`state`,"value" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feed_top` ON `subjects` (`repository_id`,`kind`,`state`,"top" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feed_hot` ON `subjects` (`repository_id`,`kind`,`state`,"hot" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feed_rising` ON `subjects` (`repository_id`,`kind`,`state`,"rising" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feed_controversial` ON `subjects` (`repository_id`,`kind`,`state`,"controversial" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `feed_new` ON `subjects` (`repository_id`,`kind`,`state`,"opened_at" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `votes_person` ON `votes` (`person_id`);