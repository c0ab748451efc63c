// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

/**
 * Which columns of a view of PostgreSQL an INSERT may name, as an expression for a row of {@link
 * PostgresStructure}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createview.html">CREATE VIEW, Updatable
 *     Views</a>
 */
final class PostgresViews {

  private PostgresViews() {}

  /** An INSTEAD OF trigger or an INSTEAD rule decides what becomes of an INSERT. */
  private static final String BY_TRIGGER =
      "EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid"
          + " AND g.tgtype & 68 = 68 AND g.tgenabled <> 'D') OR EXISTS"
          + " (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid"
          + " AND r.ev_type = '3' AND r.is_instead AND r.ev_enabled <> 'D')";

  /**
   * The only table of the view has a column that an INSERT must name and the view lacks. The
   * subqueries have few tables each, because the planner's work grows fast with their number.
   */
  private static final String LACKS_REQUIRED =
      "(SELECT min(p.refobjid) = max(p.refobjid) AND (SELECT x.relkind IN ('r', 'p')"
          + " FROM pg_catalog.pg_class x WHERE x.oid = min(p.refobjid)) AND EXISTS"
          + " (SELECT 1 FROM pg_catalog.pg_attribute b WHERE b.attrelid = min(p.refobjid)"
          + " AND b.attnum > 0 AND NOT b.attisdropped AND b.attnotnull AND NOT b.atthasdef"
          + " AND b.attidentity = '' AND b.attnum <> ALL (array_agg(p.refobjsubid)))"
          + " FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_depend p"
          + " ON p.classid = 'pg_catalog.pg_rewrite'::regclass AND p.objid = r.oid"
          + " AND p.refclassid = 'pg_catalog.pg_class'::regclass AND p.refobjid <> c.oid"
          + " WHERE r.ev_class = c.oid AND r.ev_type = '1')";

  /**
   * The functions lock the view, so they are not called for one that another session is about to
   * replace. Bit 8 of their result is INSERT.
   */
  private static final String IS_LOCKED =
      "c.oid IN (SELECT k.relation FROM pg_catalog.pg_locks k"
          + " WHERE k.mode = 'AccessExclusiveLock' AND k.relation IS NOT NULL)";

  /** NONE if an INSERT may name the column, else READ_ONLY. */
  static final String FILLING =
      "CASE WHEN c.relkind = 'm' THEN 'READ_ONLY' WHEN "
          + IS_LOCKED
          + " THEN 'NONE' WHEN "
          + BY_TRIGGER
          + " THEN CASE WHEN pg_relation_is_updatable(c.oid, true) & 8 = 8 THEN 'NONE'"
          + " ELSE 'READ_ONLY' END WHEN pg_relation_is_updatable(c.oid, false) & 8 = 8"
          + " AND pg_column_is_updatable(c.oid, a.attnum, false) AND "
          + LACKS_REQUIRED
          + " IS NOT TRUE THEN 'NONE' ELSE 'READ_ONLY' END";
}
