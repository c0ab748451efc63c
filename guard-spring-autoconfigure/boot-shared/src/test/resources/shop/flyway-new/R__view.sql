create or replace view current_release as select 'new' as release;
