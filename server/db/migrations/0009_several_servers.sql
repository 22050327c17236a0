CREATE TABLE `devices` (
	`handle_hash` text PRIMARY KEY NOT NULL,
	`device_code` text NOT NULL,
	`interval` integer NOT NULL,
	`next_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL
);
