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
ALTER TABLE "ingest_alert" ADD CONSTRAINT "ingest_alert_source_id_ingest_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."ingest_source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingest_group" ADD CONSTRAINT "ingest_group_source_id_ingest_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."ingest_source"("id") ON DELETE no action ON UPDATE no action;