CREATE TABLE "admin_session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachment" (
	"incident_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"participant_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "attachment_incident_id_id_pk" PRIMARY KEY("incident_id","id")
);
--> statement-breakpoint
CREATE TABLE "counter" (
	"name" text PRIMARY KEY NOT NULL,
	"value" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"origin" text NOT NULL,
	"created_at" bigint NOT NULL,
	"policy" json NOT NULL,
	"host_key_hash" text NOT NULL,
	"join_key" text,
	"title" text NOT NULL,
	"severity" text,
	"lifecycle" text NOT NULL,
	"status" text NOT NULL,
	"people" integer NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "incident_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "incident_command" (
	"incident_id" text NOT NULL,
	"n" integer NOT NULL,
	"sim_ms" bigint,
	"at" bigint NOT NULL,
	"participant_id" text NOT NULL,
	"host" boolean NOT NULL,
	"client_command_id" text NOT NULL,
	"body" json NOT NULL,
	"result" json,
	CONSTRAINT "incident_command_incident_id_n_pk" PRIMARY KEY("incident_id","n"),
	CONSTRAINT "incident_command_client" UNIQUE("incident_id","participant_id","client_command_id")
);
--> statement-breakpoint
CREATE TABLE "incident_event" (
	"incident_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"v" smallint NOT NULL,
	"occurred_at" bigint NOT NULL,
	"recorded_at" bigint NOT NULL,
	"sim_ms" bigint,
	"actor" json NOT NULL,
	"audience" json NOT NULL,
	"caused_by" integer,
	"payload" json NOT NULL,
	CONSTRAINT "incident_event_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "incident_head" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"owner" text,
	"epoch" integer NOT NULL,
	"lease_until" bigint NOT NULL,
	"seq" integer NOT NULL,
	"n" integer NOT NULL,
	"sim_ms" bigint
);
--> statement-breakpoint
CREATE TABLE "participant" (
	"incident_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"host" boolean NOT NULL,
	"joined_at" bigint NOT NULL,
	CONSTRAINT "participant_incident_id_id_pk" PRIMARY KEY("incident_id","id")
);
--> statement-breakpoint
CREATE TABLE "postmortem_update" (
	"incident_id" text NOT NULL,
	"n" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"participant_id" text,
	CONSTRAINT "postmortem_update_incident_id_n_pk" PRIMARY KEY("incident_id","n")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"scenario_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"seed" text NOT NULL,
	"settings" json NOT NULL,
	"engine_version" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_snapshot" (
	"incident_id" text PRIMARY KEY NOT NULL,
	"n" integer NOT NULL,
	"seq" integer NOT NULL,
	"sim_ms" bigint NOT NULL,
	"engine_version" text NOT NULL,
	"hash" text NOT NULL,
	"state" json NOT NULL,
	"taken_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scenario_version" (
	"content_hash" text PRIMARY KEY NOT NULL,
	"scenario_id" text NOT NULL,
	"content" json NOT NULL,
	"stored_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_command" ADD CONSTRAINT "incident_command_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_event" ADD CONSTRAINT "incident_event_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_head" ADD CONSTRAINT "incident_head_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participant" ADD CONSTRAINT "participant_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postmortem_update" ADD CONSTRAINT "postmortem_update_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_content_hash_scenario_version_content_hash_fk" FOREIGN KEY ("content_hash") REFERENCES "public"."scenario_version"("content_hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_snapshot" ADD CONSTRAINT "run_snapshot_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_created" ON "incident" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "participant_name" ON "participant" USING btree ("name");