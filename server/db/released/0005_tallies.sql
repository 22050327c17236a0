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
CREATE TABLE `delegations` (
	`repository_id` integer NOT NULL,
	`from_id` integer NOT NULL,
	`to_id` integer,
	`at` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `from_id`)
) WITHOUT ROWID;
CREATE TABLE `deliveries` (
	`signature` text PRIMARY KEY NOT NULL,
	`taken_at` integer NOT NULL
);
CREATE TABLE `electors` (
	`tally_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`is_member` integer NOT NULL,
	`is_maintainer` integer NOT NULL,
	PRIMARY KEY(`tally_id`, `account_id`)
) WITHOUT ROWID;
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
CREATE TABLE `named_accounts` (
	`repository_id` integer NOT NULL,
	`login` text NOT NULL,
	`account_id` integer NOT NULL,
	PRIMARY KEY(`repository_id`, `login`)
) WITHOUT ROWID;
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`login` text NOT NULL,
	`forge_id` integer,
	`created_at` integer NOT NULL
, `avatar_url` text, `forgotten_at` integer);
CREATE TABLE `pull_looks` (
	`repository_id` integer NOT NULL,
	`number` integer NOT NULL,
	`due_at` integer NOT NULL,
	`faults` integer DEFAULT 0 NOT NULL,
	`problem` text,
	PRIMARY KEY(`repository_id`, `number`)
) WITHOUT ROWID;
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
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, 'd4a47c9a6cb45913b8138439a7de982621f8c6090f32265e0a11732dfe71aeda', 1795474490779);
INSERT INTO "__drizzle_migrations" ("id", "hash", "created_at") VALUES (NULL, 'cd0dafad293789fde9a39a792449a62d5f48bec85c69a899b0432d3cbbc5fb2c', 1795486148801);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 3000001, 'ada', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 3000002, 'bob', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 3000003, 'cat', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 3000004, 'dan', 0);
INSERT INTO "accounts" ("host", "forge_id", "login", "is_bot") VALUES ('github.com', 3000005, 'eve', 0);
INSERT INTO "ballots" ("tally_id", "account_id", "choice", "head", "reason", "at", "cast_at", "seq") VALUES (1, 3000002, 'for', '5b3f976525efcb340799ff5724f63e6d9be25f8c', '', 1795713831, 1795713831, 1);
INSERT INTO "ballots" ("tally_id", "account_id", "choice", "head", "reason", "at", "cast_at", "seq") VALUES (1, 3000003, 'for', '5b3f976525efcb340799ff5724f63e6d9be25f8c', '', 1795713831, 1795713831, 2);
INSERT INTO "ballots" ("tally_id", "account_id", "choice", "head", "reason", "at", "cast_at", "seq") VALUES (2, 3000002, 'for', 'dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f', '', 1795713833, 1795713833, 4);
INSERT INTO "ballots" ("tally_id", "account_id", "choice", "head", "reason", "at", "cast_at", "seq") VALUES (2, 3000003, 'against', 'dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f', 'It breaks the gate.', 1795713834, 1795713834, 5);
INSERT INTO "ballots" ("tally_id", "account_id", "choice", "head", "reason", "at", "cast_at", "seq") VALUES (3, 3000004, 'against', '50eca983bac56fe71fcd9afe89d2a22e85b18c42', 'Not yet.', 1795713835, 1795713835, 7);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 3000001);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 3000002);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 3000003);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 3000004);
INSERT INTO "contributors" ("repository_id", "account_id") VALUES (1, 3000005);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (1, 3000001, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (1, 3000002, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (1, 3000003, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (1, 3000004, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (1, 3000005, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (2, 3000001, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (2, 3000002, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (2, 3000003, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (2, 3000004, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (2, 3000005, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (3, 3000001, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (3, 3000002, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (3, 3000003, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (3, 3000004, 1, 0);
INSERT INTO "electors" ("tally_id", "account_id", "is_member", "is_maintainer") VALUES (3, 3000005, 1, 0);
INSERT INTO "forge_pages" ("address", "repository_id", "phase", "import_id", "etag", "next", "numbers", "latest") VALUES ('http://127.0.0.1:40973/repos/moot/plot/issues?state=all&sort=updated&direction=asc&per_page=100', 1, 'items', 1, 'W/"683c1a16b4698a3c0f94f6630d7b360684a82b6b031bb3746bb324ff171f60a8"', NULL, '[1,2,3]', 1795713823000);
INSERT INTO "forge_pages" ("address", "repository_id", "phase", "import_id", "etag", "next", "numbers", "latest") VALUES ('http://127.0.0.1:40973/repos/moot/plot/pulls?state=closed&base=main&sort=updated&direction=desc&per_page=100', 1, 'merges', 1, 'W/"7a0959d48bdccd30eccd51e828b78bebbab7968c6c441c1ff89458da6bf2a474"', NULL, '[]', NULL);
INSERT INTO "forge_pages" ("address", "repository_id", "phase", "import_id", "etag", "next", "numbers", "latest") VALUES ('http://127.0.0.1:40973/repos/moot/plot/commits?sha=main&since=2025-11-26T00%3A00%3A00Z&per_page=100', 1, 'work', 1, 'W/"45b45052c54793325f60e5b7fbb06a034a674b512cbf98c7a5c0111bae8b9c60"', NULL, '[]', NULL);
INSERT INTO "imports" ("id", "host", "owner", "name", "repository_id", "kind", "status", "phase", "cursor", "done", "total", "skipped", "until", "problem", "asked_at", "started_at", "finished_at", "watermark") VALUES (1, 'github.com', 'moot', 'plot', 1, 'asked', 'done', NULL, NULL, 0, NULL, 0, NULL, NULL, 1795713826128, 1795713826154, 1795713827730, 1795713823000);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (1, 1, 'Change number 1', 3000001, 0, 1795713821000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (2, 1, 'Change number 2', 3000001, 0, 1795713822000, NULL, NULL, 0);
INSERT INTO "items" ("subject_id", "repository_id", "title", "author_id", "comments", "updated_at", "closed_at", "merged_at", "is_draft") VALUES (3, 1, 'Change number 3', 3000001, 0, 1795713823000, NULL, NULL, 0);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (0, '583b624d-ba84-45bc-8929-78c074198fbb', 1, 1, 1, 1795713827847, 1795713827879);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (1, '4713fe59-8d9c-497d-bc45-d95d0d246fe4', 1, 2, -1, 1795713827953, 1795713827979);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (2, '30ecc908-f9ac-474f-a391-1d0e5c9c32c3', 1, 4, -1, 1795713828021, 1795713828064);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (3, '12b6649e-500e-45b4-98fe-5d39f64e7891', 1, 5, 1, 1795713828125, 1795713828167);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (4, '7d0692f8-5178-4cad-97df-5e99be4460ac', 2, 1, -1, 1795713828258, 1795713828292);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (5, 'a7a4018f-4ea8-4ce6-b49b-f35147591cf9', 2, 3, -1, 1795713828329, 1795713828344);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (6, '249912c0-2fce-48d7-b0a1-7d017bd7c0a9', 2, 4, 1, 1795713828396, 1795713828416);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (7, 'bf5c5742-a566-4779-825e-6a80b92f0cbe', 2, 6, 1, 1795713828431, 1795713828540);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (8, '4cd53c3e-99ce-4715-9785-551f7f930c94', 3, 2, -1, 1795713828627, 1795713828681);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (9, '467931de-6cec-491c-bd5d-be8dec7d5a3f', 3, 3, 1, 1795713828702, 1795713828704);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (10, '69875e85-6244-4c98-bed6-7722daa294cf', 3, 5, 1, 1795713828720, 1795713828722);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (11, '4e8cf57b-7a51-4dd4-9d3f-9d866e1bb10d', 3, 6, -1, 1795713828777, 1795713828778);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (12, '4eec54c5-91be-4986-afcf-e7fcbecc3ace', 4, 1, -1, 1795713828863, 1795713828936);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (13, '2df4f415-eb8d-4081-86d5-5f5a39eeb659', 4, 2, 1, 1795713828973, 1795713828998);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (14, '991bc95d-f564-464c-b0ed-13dc2249d92e', 4, 4, 1, 1795713829088, 1795713829113);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (15, '0f6adf16-76fc-43f7-acd9-82a91ad49678', 4, 5, -1, 1795713829161, 1795713829244);
INSERT INTO "log" ("seq", "id", "person_id", "subject_id", "value", "cast_at", "accepted_at") VALUES (16, 'db53d82c-e141-438b-8075-4dd71f7862d9', 4, 7, 1, 1795713829281, 1795713829285);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (1, 'github.com', 'ada', NULL, 1795713825716, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (2, 'github.com', 'bob', NULL, 1795713828227, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (3, 'github.com', 'cat', NULL, 1795713828606, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (4, 'github.com', 'mallory', NULL, 1795713828829, NULL, NULL);
INSERT INTO "persons" ("id", "host", "login", "forge_id", "created_at", "avatar_url", "forgotten_at") VALUES (5, 'github.com', 'dan', NULL, 1795713834163, NULL, NULL);
INSERT INTO "pull_looks" ("repository_id", "number", "due_at", "faults", "problem") VALUES (1, 1, 1795713953264, 0, NULL);
INSERT INTO "pull_looks" ("repository_id", "number", "due_at", "faults", "problem") VALUES (1, 2, 1795713954553, 0, NULL);
INSERT INTO "pull_looks" ("repository_id", "number", "due_at", "faults", "problem") VALUES (1, 3, 1795713955762, 0, NULL);
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (0, 1, 1, 1795713830, 'opened', 3000002, NULL, NULL, '{"repositoryId":1,"number":1,"head":"5b3f976525efcb340799ff5724f63e6d9be25f8c","content":"adaf8697b5aa562ce055a6f0648ff2945717f03057626ca3fd79cee74f9da5dc","baseRef":"main","authorId":3000001,"rule":{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false},"extendsOnSwing":true,"hidesResults":false,"cancel":"maintainers","pass":"merge","constitution":"a309cc8e943e4810775bee545ff6aeb1e69d25be","electors":[{"accountId":3000001,"isMember":true,"isMaintainer":false},{"accountId":3000002,"isMember":true,"isMaintainer":false},{"accountId":3000003,"isMember":true,"isMaintainer":false},{"accountId":3000004,"isMember":true,"isMaintainer":false},{"accountId":3000005,"isMember":true,"isMaintainer":false}],"after":null,"openedBy":3000002,"carried":[],"electorateHash":"b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d"}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (1, 1, 1, 1795713831, 'ballot', 3000002, '4df75a1a-5107-41e2-af14-945f5b376391', 2, '{"choice":"for","head":"5b3f976525efcb340799ff5724f63e6d9be25f8c","reason":""}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (2, 1, 1, 1795713831, 'ballot', 3000003, '441f2b5f-f1c4-4bae-9840-42066e477d81', 3, '{"choice":"for","head":"5b3f976525efcb340799ff5724f63e6d9be25f8c","reason":""}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (3, 1, 2, 1795713833, 'opened', 3000002, NULL, NULL, '{"repositoryId":1,"number":2,"head":"dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f","content":"add197664c97535a7612c8cded83bd8fd5484c065f0fe82ef58c9d59239c5a09","baseRef":"main","authorId":3000001,"rule":{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false},"extendsOnSwing":true,"hidesResults":false,"cancel":"maintainers","pass":"merge","constitution":"a309cc8e943e4810775bee545ff6aeb1e69d25be","electors":[{"accountId":3000001,"isMember":true,"isMaintainer":false},{"accountId":3000002,"isMember":true,"isMaintainer":false},{"accountId":3000003,"isMember":true,"isMaintainer":false},{"accountId":3000004,"isMember":true,"isMaintainer":false},{"accountId":3000005,"isMember":true,"isMaintainer":false}],"after":null,"openedBy":3000002,"carried":[],"electorateHash":"b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d"}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (4, 1, 2, 1795713833, 'ballot', 3000002, '0bdf96f6-e52f-404b-b9ca-225cd54771ab', 2, '{"choice":"for","head":"dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f","reason":""}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (5, 1, 2, 1795713834, 'ballot', 3000003, 'dd1da176-a635-4ed7-be78-5cb64c4be861', 3, '{"choice":"against","head":"dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f","reason":"It breaks the gate."}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (6, 1, 3, 1795713835, 'opened', 3000004, NULL, NULL, '{"repositoryId":1,"number":3,"head":"50eca983bac56fe71fcd9afe89d2a22e85b18c42","content":"954c0b8167338b4f09344886f8c8b9f5b10516d1819db609a3ba18b51067b287","baseRef":"main","authorId":3000001,"rule":{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false},"extendsOnSwing":true,"hidesResults":false,"cancel":"maintainers","pass":"merge","constitution":"a309cc8e943e4810775bee545ff6aeb1e69d25be","electors":[{"accountId":3000001,"isMember":true,"isMaintainer":false},{"accountId":3000002,"isMember":true,"isMaintainer":false},{"accountId":3000003,"isMember":true,"isMaintainer":false},{"accountId":3000004,"isMember":true,"isMaintainer":false},{"accountId":3000005,"isMember":true,"isMaintainer":false}],"after":null,"openedBy":3000004,"carried":[],"electorateHash":"b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d"}');
INSERT INTO "record" ("seq", "repository_id", "tally_id", "at", "kind", "account_id", "cast_id", "person_id", "detail") VALUES (7, 1, 3, 1795713835, 'ballot', 3000004, '8ec5aecf-3a1f-4178-bf28-4649b5d975ab', 5, '{"choice":"against","head":"50eca983bac56fe71fcd9afe89d2a22e85b18c42","reason":"Not yet."}');
INSERT INTO "repositories" ("id", "host", "owner", "name", "forge_id", "default_branch", "imported_at") VALUES (1, 'github.com', 'moot', 'plot', 910001, 'main', 1795713827730);
INSERT INTO "repository_names" ("host", "owner", "name", "repository_id") VALUES ('github.com', 'moot', 'plot', 1);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (1, 1, 'bZ5TMXB0OK2QErCUixRoU1Pg4-D8DEreDqChWJy7EMw', 1795713825716, 1803489825716, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (2, 1, 't_ZjRIe6pU2N31o6agJJuNt4BsTxRHJx5EoTlbM5jZ0', 1795713827739, 1803489827739, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (3, 2, 'LPI92WGQ17DgSWYOPgWOaJu_lemY0Ywn1iMukgj8GLE', 1795713828227, 1803489828227, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (4, 3, '4Zl-_WYfuCEz8DlvWToyR2uQq_u7T7TvF8FocgEeixk', 1795713828606, 1803489828606, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (5, 4, 'hZft3vN7CaeNQPn7GZ_7IyzficvfmDcTyxXgoauPK9o', 1795713828829, 1803489828829, NULL);
INSERT INTO "sessions" ("id", "person_id", "token_hash", "created_at", "expires_at", "withdrawn_at") VALUES (6, 5, 'hdETOWLVDrrOpyiLJHf6-Qw9WtxmRHIt3JgP8ZEGmy0', 1795713834164, 1803489834164, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (1, 1, 1, '', 1, 1, 0, 1, '{}', 203393880, -2, -74766062965, NULL, 105775636, 'pull', 'open', 1795710220000, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (2, 1, 2, '', 0, 2, 1, 0, '{}', 127076275, -2, -76351024097, NULL, 105775636, 'pull', 'open', 1795710220000, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (3, 1, 3, '', 1, 1, 0, 0, '{}', 230241499, 0, 53557265310, 1009872820662, 164251720, 'pull', 'open', 1795710220000, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (4, 1, 4, '', 1, 1, 1, 0, '{}', 280375904, 2, 74766063010, 1024367386070, 105775636, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (5, 1, 5, '', 2, 0, 0, 1, '{}', 377267852, 2, 76351024156, 1025952330233, 105775636, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (6, 1, 6, '', 1, 1, 0, 0, '{}', 230241499, 0, -52960231485, NULL, 164251720, NULL, NULL, NULL, 0, NULL);
INSERT INTO "subjects" ("id", "repository_id", "number", "part", "contributors_up", "contributors_down", "others_up", "others_down", "reactions", "value", "top", "hot", "rising", "controversial", "kind", "state", "opened_at", "is_linked", "merged_into") VALUES (7, 1, 1, 'issuecomment-5', 0, 0, 1, 0, '{}', 244712287, 2, 74766062570, 1024367380118, 0, NULL, NULL, NULL, 0, NULL);
INSERT INTO "tallies" ("id", "repository_id", "number", "head", "same_content", "content", "base_ref", "author_id", "opened_at", "extension", "rule", "extends_on_swing", "hides_results", "cancel", "pass", "constitution", "electorate_hash", "status", "reason", "closed_at", "settle_at", "merge", "merge_note", "merge_sha", "check_id", "reported") VALUES (1, 1, 1, '5b3f976525efcb340799ff5724f63e6d9be25f8c', '[]', 'adaf8697b5aa562ce055a6f0648ff2945717f03057626ca3fd79cee74f9da5dc', 'main', 3000001, 1795713830, 0, '{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false}', 1, 0, 'maintainers', 'merge', 'a309cc8e943e4810775bee545ff6aeb1e69d25be', 'b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d', 'open', NULL, NULL, 1795886630, 'none', NULL, NULL, 7000001, '41066af5c14e904635ead355491c209332f31358480443226835deb8cb51f2b3');
INSERT INTO "tallies" ("id", "repository_id", "number", "head", "same_content", "content", "base_ref", "author_id", "opened_at", "extension", "rule", "extends_on_swing", "hides_results", "cancel", "pass", "constitution", "electorate_hash", "status", "reason", "closed_at", "settle_at", "merge", "merge_note", "merge_sha", "check_id", "reported") VALUES (2, 1, 2, 'dbb0318631ecbfb95bfdfd30ccd56d9c6166a12f', '[]', 'add197664c97535a7612c8cded83bd8fd5484c065f0fe82ef58c9d59239c5a09', 'main', 3000001, 1795713833, 0, '{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false}', 1, 0, 'maintainers', 'merge', 'a309cc8e943e4810775bee545ff6aeb1e69d25be', 'b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d', 'open', NULL, NULL, 1795886633, 'none', NULL, NULL, 7000002, '2f979b7452dd11be79a26554374353a86bb976371d91e9e5ec8b6da13ca4f986');
INSERT INTO "tallies" ("id", "repository_id", "number", "head", "same_content", "content", "base_ref", "author_id", "opened_at", "extension", "rule", "extends_on_swing", "hides_results", "cancel", "pass", "constitution", "electorate_hash", "status", "reason", "closed_at", "settle_at", "merge", "merge_note", "merge_sha", "check_id", "reported") VALUES (3, 1, 3, '50eca983bac56fe71fcd9afe89d2a22e85b18c42', '[]', '954c0b8167338b4f09344886f8c8b9f5b10516d1819db609a3ba18b51067b287', 'main', 3000001, 1795713835, 0, '{"mode":"threshold","threshold":{"num":1,"den":2,"strict":true},"quorum":{"num":0,"den":1},"minFor":2,"minPeriod":0,"maxPeriod":172800,"earlyPass":true,"earlyFail":true,"veto":true,"authorMayVote":false,"keepOnPush":false,"setAside":null,"objectionPeriod":null,"keepObjections":true,"needsFresh":true,"delegation":false}', 1, 0, 'maintainers', 'merge', 'a309cc8e943e4810775bee545ff6aeb1e69d25be', 'b04bee6c3abc77a477508b6188e732d35e4679419e447f5908e6fcd07bd4bc6d', 'open', NULL, NULL, 1795886635, 'none', NULL, NULL, 7000003, '770273f1821dadc6867d31592af3ea7d7b9bffaa346239b0dc3380e2fb997094');
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 1, 1, 1795713827879, 0, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 2, -1, 1795713828292, 4, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (1, 4, -1, 1795713828936, 12, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 1, -1, 1795713827979, 1, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 3, -1, 1795713828681, 8, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (2, 4, 1, 1795713828998, 13, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 2, -1, 1795713828344, 5, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (3, 3, 1, 1795713828704, 9, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 1, -1, 1795713828064, 2, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 2, 1, 1795713828416, 6, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (4, 4, 1, 1795713829113, 14, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 1, 1, 1795713828167, 3, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 3, 1, 1795713828722, 10, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (5, 4, -1, 1795713829244, 15, 0);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (6, 2, 1, 1795713828540, 7, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (6, 3, -1, 1795713828778, 11, 1);
INSERT INTO "votes" ("subject_id", "person_id", "value", "accepted_at", "seq", "is_contributor") VALUES (7, 4, 1, 1795713829285, 16, 0);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', '0000000000000000000000000000000000000001', 3000001, 1795627420000);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', '0000000000000000000000000000000000000002', 3000002, 1795541020000);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', '0000000000000000000000000000000000000003', 3000003, 1795454620000);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', '0000000000000000000000000000000000000004', 3000004, 1795368220000);
INSERT INTO "work" ("repository_id", "kind", "ref", "account_id", "at") VALUES (1, 'commit', '0000000000000000000000000000000000000005', 3000005, 1795281820000);
CREATE INDEX `accounts_login` ON `accounts` (`host`,lower("login"));
CREATE INDEX `closes_issue` ON `closes` (`issue_id`);
CREATE INDEX `deliveries_taken` ON `deliveries` (`taken_at`);
CREATE INDEX `feed_controversial` ON `subjects` (`repository_id`,`kind`,`state`,"controversial" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_hot` ON `subjects` (`repository_id`,`kind`,`state`,"hot" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_new` ON `subjects` (`repository_id`,`kind`,`state`,"opened_at" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_rising` ON `subjects` (`repository_id`,`kind`,`state`,"rising" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_top` ON `subjects` (`repository_id`,`kind`,`state`,"top" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `feed_value` ON `subjects` (`repository_id`,`kind`,`state`,"value" desc,"number" desc) WHERE "subjects"."kind" IS NOT NULL;
CREATE INDEX `forge_pages_of` ON `forge_pages` (`repository_id`,`phase`);
CREATE INDEX `imports_of` ON `imports` (`repository_id`,`status`);
CREATE UNIQUE INDEX `imports_unfinished` ON `imports` (`host`,`owner`,`name`) WHERE "imports"."status" IN ('waiting', 'running', 'paused');
CREATE INDEX `items_author` ON `items` (`repository_id`,`author_id`);
CREATE UNIQUE INDEX `labels_name` ON `labels` (`repository_id`,lower("name"));
CREATE UNIQUE INDEX `log_vote` ON `log` (`id`,`person_id`);
CREATE UNIQUE INDEX `persons_forge_id` ON `persons` (`host`,`forge_id`);
CREATE UNIQUE INDEX `persons_local_login` ON `persons` (`host`,lower("login")) WHERE "persons"."forge_id" IS NULL AND "persons"."forgotten_at" IS NULL;
CREATE INDEX `pull_looks_due` ON `pull_looks` (`due_at`);
CREATE UNIQUE INDEX `record_cast` ON `record` (`cast_id`,`person_id`) WHERE "record"."cast_id" IS NOT NULL;
CREATE INDEX `record_of` ON `record` (`tally_id`,`seq`);
CREATE UNIQUE INDEX `repositories_forge_id` ON `repositories` (`host`,`forge_id`);
CREATE INDEX `repository_names_of` ON `repository_names` (`repository_id`);
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token_hash`);
CREATE INDEX `subject_labels_of` ON `subject_labels` (`subject_id`);
CREATE UNIQUE INDEX `subjects_address` ON `subjects` (`repository_id`,`number`,`part`);
CREATE INDEX `tallies_of` ON `tallies` (`repository_id`,`number`,`id`);
CREATE UNIQUE INDEX `tallies_open` ON `tallies` (`repository_id`,`number`) WHERE "tallies"."status" = 'open';
CREATE INDEX `tallies_unsettled` ON `tallies` (`settle_at`) WHERE "tallies"."status" = 'open';
CREATE INDEX `votes_person` ON `votes` (`person_id`);
CREATE INDEX `work_of` ON `work` (`repository_id`,`account_id`,`at`);
