-- Where rules fired, so that one sees what they would hold before they do, and what they held.

create schema pilot;

create table pilot.fired_rule (
  party_id uuid not null,
  decision_id uuid not null,
  rule text not null,
  document_id uuid not null,
  number text not null,
  reaction text not null check (reaction in ('shadow', 'warn', 'hold')),
  outcome text not null check (outcome in ('approved', 'warned', 'held')),
  currency char(3) not null,
  amount_minor bigint not null,
  decided_on date not null,
  primary key (party_id, decision_id, rule)
);
comment on table pilot.fired_rule is
  'A check rule fired at a document that was to count. Told again from the decision, which is '
  'audited.';
comment on column pilot.fired_rule.rule is 'Id of the rule in the check rules of its time.';
comment on column pilot.fired_rule.outcome is 'What all rules together came to.';
comment on column pilot.fired_rule.decided_on is 'Day of the company.';
create index fired_rules_by_day on pilot.fired_rule (rule, decided_on);
create index held_documents_by_day on pilot.fired_rule (decided_on) where outcome = 'held';
