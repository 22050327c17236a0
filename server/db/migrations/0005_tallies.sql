CREATE TABLE `ballots` (
	`tally_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`choice` text NOT NULL,
	`head` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`cast_at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tally_id`, `account_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `delegations` (
	`repository_id` integer NOT NULL,
	`from_id` integer NOT NULL,
	`to_id` integer,
	`at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `from_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `electors` (
	`tally_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`is_member` integer NOT NULL,
	`is_maintainer` integer NOT NULL,
	PRIMARY KEY(`tally_id`, `account_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `named_accounts` (
	`repository_id` integer NOT NULL,
	`login` text NOT NULL,
	`account_id` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `login`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `pull_looks` (
	`repository_id` integer NOT NULL,
	`number` integer NOT NULL,
	`due_at` integer NOT NULL,
	`faults` integer DEFAULT 0 NOT NULL,
	`problem` text,
	PRIMARY KEY(`repository_id`, `number`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `pull_looks_due` ON `pull_looks` (`due_at`);--> statement-breakpoint
CREATE TABLE `record` (
	`seq` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`tally_id` integer,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`account_id` integer,
	`cast_id` text,
	`person_id` integer,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `record_cast` ON `record` (`cast_id`,`person_id`) WHERE "record"."cast_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `record_of` ON `record` (`tally_id`,`seq`);--> statement-breakpoint
CREATE TABLE `tallies` (
	`id` integer PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`number` integer NOT NULL,
	`head` text NOT NULL,
	`same_content` text DEFAULT '[]' NOT NULL,
	`content` text NOT NULL,
	`base_ref` text NOT NULL,
	`author_id` integer,
	`opened_at` integer NOT NULL,
	`extension` integer DEFAULT 0 NOT NULL,
	`rule` text NOT NULL,
	`extends_on_swing` integer NOT NULL,
	`hides_results` integer NOT NULL,
	`cancel` text NOT NULL,
	`pass` text NOT NULL,
	`constitution` text NOT NULL,
	`electorate_hash` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`closed_at` integer,
	`settle_at` integer NOT NULL,
	`merge` text DEFAULT 'none' NOT NULL,
	`merge_note` text,
	`merge_sha` text,
	`check_id` integer,
	`reported` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tallies_open` ON `tallies` (`repository_id`,`number`) WHERE "tallies"."status" = 'open';--> statement-breakpoint
CREATE INDEX `tallies_of` ON `tallies` (`repository_id`,`number`,`id`);--> statement-breakpoint
CREATE INDEX `tallies_unsettled` ON `tallies` (`settle_at`) WHERE "tallies"."status" = 'open';