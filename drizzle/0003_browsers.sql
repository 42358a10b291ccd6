CREATE TABLE "browser_run" (
	"browser_hash" text NOT NULL,
	"incident_id" text NOT NULL,
	"participant_id" text NOT NULL,
	CONSTRAINT "browser_run_browser_hash_incident_id_participant_id_pk" PRIMARY KEY("browser_hash","incident_id","participant_id")
);
--> statement-breakpoint
CREATE TABLE "browser_spoiler" (
	"browser_hash" text NOT NULL,
	"scenario_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "browser_spoiler_browser_hash_scenario_id_pk" PRIMARY KEY("browser_hash","scenario_id")
);
--> statement-breakpoint
ALTER TABLE "browser_run" ADD CONSTRAINT "browser_run_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "browser_run_participant" ON "browser_run" USING btree ("incident_id","participant_id");