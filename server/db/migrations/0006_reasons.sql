ALTER TABLE `log` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `votes` ADD `reason` text;