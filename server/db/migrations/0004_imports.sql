CREATE TABLE `deliveries` (
	`signature` text PRIMARY KEY NOT NULL,
	`taken_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deliveries_taken` ON `deliveries` (`taken_at`);--> statement-breakpoint
CREATE TABLE `forge_pages` (
	`address` text PRIMARY KEY NOT NULL,
	`repository_id` integer NOT NULL,
	`phase` text NOT NULL,
	`import_id` integer NOT NULL,
	`etag` text,
	`next` text,
	`numbers` text NOT NULL,
	`latest` integer
);
--> statement-breakpoint
CREATE INDEX `forge_pages_of` ON `forge_pages` (`repository_id`,`phase`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`repository_id` integer,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`phase` text,
	`cursor` text,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`skipped` integer DEFAULT 0 NOT NULL,
	`until` integer,
	`problem` text,
	`asked_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`watermark` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_unfinished` ON `imports` (`host`,`owner`,`name`) WHERE "imports"."status" IN ('waiting', 'running', 'paused');--> statement-breakpoint
CREATE INDEX `imports_of` ON `imports` (`repository_id`,`status`);