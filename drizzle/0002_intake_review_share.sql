CREATE TABLE "ingest_alert" (
	"source_id" text NOT NULL,
	"fingerprint" text NOT NULL,
	"starts_at" bigint NOT NULL,
	"incident_id" text NOT NULL,
	"alert_id" text NOT NULL,
	CONSTRAINT "ingest_alert_source_id_fingerprint_starts_at_pk" PRIMARY KEY("source_id","fingerprint","starts_at")
);
--> statement-breakpoint
CREATE TABLE "ingest_group" (
	"source_id" text NOT NULL,
	"group_hash" text NOT NULL,
	"incident_id" text NOT NULL,
	CONSTRAINT "ingest_group_source_id_group_hash_pk" PRIMARY KEY("source_id","group_hash")
);
--> statement-breakpoint
CREATE TABLE "ingest_source" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"adapter" text NOT NULL,
	"token_hash" text NOT NULL,
	"settings" json NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint,
	"last_used_at" bigint,
	"taken" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "ingest_source_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "share_link" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"label" text NOT NULL,
	"names" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	"participant_id" text,
	"withdrawn_at" bigint,
	CONSTRAINT "share_link_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "ingest_alert" ADD CONSTRAINT "ingest_alert_source_id_ingest_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."ingest_source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingest_group" ADD CONSTRAINT "ingest_group_source_id_ingest_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."ingest_source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "share_link_incident" ON "share_link" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "incident_event_review" ON "incident_event" USING btree ("incident_id","seq") WHERE type LIKE 'postmortem.%' OR type LIKE 'action_item.%';