-- A release that is taken back before anything came of it.

alter table "check".release
  add column recalled_at timestamptz,
  add column recalled_by text,
  add column recall_reason text,
  add constraint release_recalled_whole check (
    (recalled_at is null) = (recalled_by is null) and (recalled_at is null) = (recall_reason is null)
  );
comment on column "check".release.recalled_at is
  'It was taken back then, and the document waits again; null for others, ended or not.';
create index recalled_releases_of_a_party on "check".release (party_id, recalled_at)
  where recalled_at is not null;
