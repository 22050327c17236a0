DROP INDEX `votes_person`;--> statement-breakpoint
CREATE TABLE `__new_log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` blob NOT NULL,
	`person_id` integer NOT NULL,
	`subject_id` integer NOT NULL,
	`value` integer NOT NULL,
	`cast_at` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	`reason` text
);
--> statement-breakpoint
INSERT INTO `__new_log` (`seq`, `id`, `person_id`, `subject_id`, `value`, `cast_at`, `accepted_at`, `reason`)
	SELECT `seq`, unhex(`id`, '-'), `person_id`, `subject_id`, `value`, `cast_at`, `accepted_at`, `reason` FROM `log` ORDER BY `seq`;--> statement-breakpoint
DROP TABLE `log`;--> statement-breakpoint
ALTER TABLE `__new_log` RENAME TO `log`;--> statement-breakpoint
CREATE UNIQUE INDEX `log_vote` ON `log` (`id`,`person_id`);
