CREATE TABLE "__drizzle_migrations" (
			id SERIAL PRIMARY KEY,
			hash text NOT NULL,
			created_at numeric
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
);
CREATE TABLE `repositories` (
	`id` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`forge_id` integer
);
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
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
);
CREATE TABLE `votes` (
	`subject_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`value` integer NOT NULL,
	`accepted_at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`subject_id`, `person_id`)
) WITHOUT ROWID;
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, 'c1b0405ca9833fadbe3c4a5491caaf9fa20ccf928b78e57831c24a19ac97bb3b', 1795412039183);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (0, '00000000-0000-4000-8000-000000000001', 2, 1, 0, 1795000001000, 1795485627835);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (1, '00000000-0000-4000-8000-000000000002', 1, 2, 1, 1795000002000, 1795485627840);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (2, '00000000-0000-4000-8000-000000000003', 1, 2, -1, 1795000003000, 1795485627849);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (3, '00000000-0000-4000-8000-000000000004', 2, 2, -1, 1795000004000, 1795485627885);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (4, '00000000-0000-4000-8000-000000000005', 2, 1, 0, 1795000005000, 1795485627993);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (5, '00000000-0000-4000-8000-000000000006', 4, 1, 0, 1795000006000, 1795485628009);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (6, '00000000-0000-4000-8000-000000000007', 4, 1, -1, 1795000007000, 1795485628017);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (7, '00000000-0000-4000-8000-000000000008', 4, 2, -1, 1795000008000, 1795485628036);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (8, '00000000-0000-4000-8000-000000000009', 2, 3, 0, 1795000009000, 1795485628044);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (9, '00000000-0000-4000-8000-00000000000a', 1, 1, 1, 1795000010000, 1795485628096);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (10, '00000000-0000-4000-8000-00000000000b', 5, 2, 1, 1795000011000, 1795485628100);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (11, '00000000-0000-4000-8000-00000000000c', 1, 1, 1, 1795000012000, 1795485628104);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (12, '00000000-0000-4000-8000-00000000000d', 1, 1, 1, 1795000013000, 1795485628106);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (13, '00000000-0000-4000-8000-00000000000e', 1, 1, 1, 1795000014000, 1795485628110);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at") VALUES (1, 'github.com', 'ada', NULL, 1795485627779);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at") VALUES (2, 'github.com', 'grace', NULL, 1795485627799);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at") VALUES (3, 'github.com', 'edsger', NULL, 1795485627808);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at") VALUES (4, 'github.com', 'barbara', NULL, 1795485627817);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at") VALUES (5, 'github.com', 'donald', NULL, 1795485627820);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id") VALUES (1, 'github.com', 'numpy', 'numpy', NULL);
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id") VALUES (2, 'github.com', 'scipy', 'scipy', NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (1, 1, 'SesIzBJqpjxAweG_wHV3h8JjJzhBc2D78SvAo9jFgMw', 1795485627779, 1803261627779, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (2, 2, 'aJkRfWIsGLaxAx6WmHsDowYenyMi8bRmWK_vIHpmPB4', 1795485627799, 1803261627799, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (3, 3, 'g6rFgDuSBXlWqwmXBBNqwTNSXmq_FmwK7fZ5Qr7SnKE', 1795485627808, 1803261627808, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (4, 4, 'OMXyEhW0X0FXTyOZYACsxqnYMnbdDEd_4TI4-zG__6c', 1795485627817, 1803261627817, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (5, 5, 'Uesmm3083QekW6zCTaseCKtrPDAoEkh4HJCR4L_7654', 1795485627820, 1803261627820, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial") VALUES (1, 1, 46, '', 0, 0, 1, 1, '{}', 198979245, 0, 50415912542, 1004366957599, 164251720);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial") VALUES (2, 2, 7, '', 0, 0, 1, 3, '{}', 148624100, -4, -75577403964, NULL, 78080748);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial") VALUES (3, 1, 45, '', 0, 0, 0, 0, '{}', 164251720, 0, 0, NULL, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 1, 1, 1795485628110, 13);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 2, 0, 1795485627993, 4);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (1, 4, -1, 1795485628017, 6);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 1, -1, 1795485627849, 2);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 2, -1, 1795485627885, 3);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 4, -1, 1795485628036, 7);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (2, 5, 1, 1795485628100, 10);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq") VALUES (3, 2, 0, 1795485628044, 8);
CREATE UNIQUE INDEX `log_vote` ON `log` (`id`,`person_id`);
CREATE UNIQUE INDEX `persons_forge_id` ON `persons` (`host`,`forge_id`);
CREATE UNIQUE INDEX `persons_login` ON `persons` (`host`,lower("login"));
CREATE UNIQUE INDEX `repositories_forge_id` ON `repositories` (`host`,`forge_id`);
CREATE UNIQUE INDEX `repositories_name` ON `repositories` (`host`,`owner`,`name`);
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);
CREATE UNIQUE INDEX `subjects_address` ON `subjects` (`repository_id`,`number`,`part`);
