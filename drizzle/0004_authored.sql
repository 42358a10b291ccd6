CREATE TABLE "authored_scenario" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"offered" integer,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authored_version" (
	"scenario_id" text NOT NULL,
	"version" integer NOT NULL,
	"files" json NOT NULL,
	"note" text NOT NULL,
	"saved_at" bigint NOT NULL,
	"content_hash" text,
	"errors" integer NOT NULL,
	CONSTRAINT "authored_version_scenario_id_version_pk" PRIMARY KEY("scenario_id","version")
);
--> statement-breakpoint
ALTER TABLE "authored_version" ADD CONSTRAINT "authored_version_scenario_id_authored_scenario_id_fk" FOREIGN KEY ("scenario_id") REFERENCES "public"."authored_scenario"("id") ON DELETE no action ON UPDATE no action;