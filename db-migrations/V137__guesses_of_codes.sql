-- Whether a code of the second step was tried with the right password: these are limited by account, wherever they come from.
alter table sign_in_failure add column of_code boolean not null default false;
