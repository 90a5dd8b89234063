-- A run with this trains nothing: it measures this model beside the one of base_model_id.
alter table training_run
    add column measured_model_id uuid references model_version (id);
