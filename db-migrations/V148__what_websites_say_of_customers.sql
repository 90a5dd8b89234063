-- Values that a website has for its agents, by name: as its pages say, which nobody has checked, and as its server has signed.
alter table customer_visit
    add column given jsonb,
    add column vouched jsonb;
