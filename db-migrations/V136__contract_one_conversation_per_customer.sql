-- Two first messages at the same moment find each other by conversation_current now.
drop index conversation_of_customer;
