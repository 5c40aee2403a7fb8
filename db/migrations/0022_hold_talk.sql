-- Who asked about a held document and who answered, and when: its history tells it.
alter table "check".hold
  add column asked_by text,
  add column asked_at timestamptz,
  add column answered_by text,
  add column answered_at timestamptz;
