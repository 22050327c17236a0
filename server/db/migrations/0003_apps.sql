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
