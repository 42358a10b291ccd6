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
ALTER TABLE "share_link" ADD CONSTRAINT "share_link_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "share_link_incident" ON "share_link" USING btree ("incident_id");