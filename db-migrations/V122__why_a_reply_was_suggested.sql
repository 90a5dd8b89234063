-- The answered question that is the most like the customer's, of a reply that was shown: agents are told why it was
-- suggested. Null where none is much like it. No reference: a question that is forgotten is simply not told any more.
alter table impression_candidate add column answered_before bigint;
