create or replace view current_release as select 'old' as release;
