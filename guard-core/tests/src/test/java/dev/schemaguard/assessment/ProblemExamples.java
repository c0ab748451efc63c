// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.appliedAt;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.numbered;

import dev.schemaguard.assessment.ConnectionFailure.Kind;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An example of every problem, by the name of its golden file: the code, then perhaps a point and
 * what is special about the example.
 */
final class ProblemExamples {

  static final String HEADLINE = "Schema Guard refused to start orders 1.4.2";
  static final String OVERRIDE = "ORDERS_STRICT_SCHEMA=0 (warn only)";

  private static final HistoryEntry SPLIT = appliedAt("0056_split_address", null, null);
  private static final HistoryEntry DROP =
      appliedAt("0057_drop_legacy", "2026-11-22 02:41:07.123456", "requires-app >= 1.5.0");
  private static final HistoryEntry[] EXPECTED =
      allApplied("0049_customers", "0050_orders", "0051_prices", "0052_returns", "0055_add_index");

  private ProblemExamples() {}

  static Judge orders() {
    return Judge.chain(
            "0049_customers",
            "0050_orders",
            "0051_prices",
            "0052_returns",
            "0055_add_index",
            "0056_split_address")
        .document(
            """
            | App version | Expected | Min | Max |
            |-------------|----------|-----|-----|
            | 1.4.2 | 0055_add_index | 0050_orders | |
            | 1.4.1 | 0052_returns | 0050_orders | 0052_returns |
            """)
        .version("1.4.2");
  }

  static HistoryEntry[] expectedAnd(HistoryEntry... more) {
    List<HistoryEntry> entries = new ArrayList<>(List.of(EXPECTED));
    entries.addAll(List.of(more));
    return entries.toArray(new HistoryEntry[0]);
  }

  /** The texts, by the name of the golden file. */
  static Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    statuses()
        .forEach((name, status) -> texts.put(name, status.problem().text(HEADLINE, OVERRIDE)));
    texts.put("GUARD-CONFIGURATION", configuration().text());
    return texts;
  }

  static Map<String, MigrationStatus> statuses() {
    Map<String, MigrationStatus> statuses = new TreeMap<>();
    untold(statuses);
    behind(statuses);
    flyway(statuses);
    positions(statuses);
    ahead(statuses);
    drifted(statuses);
    return statuses;
  }

  private static void untold(Map<String, MigrationStatus> statuses) {
    statuses.put(
        "GUARD-UNREACHABLE",
        unreachable(
            Kind.NO_CONNECTION,
            "Connection to pg3:5432 refused. Check that the hostname and port are correct and that"
                + " the postmaster is accepting TCP/IP connections."));
    statuses.put(
        "GUARD-UNREACHABLE-LOGIN",
        unreachable(Kind.LOGIN, "FATAL: password authentication failed for user \"app\""));
    statuses.put(
        "GUARD-UNREACHABLE-DATABASE",
        unreachable(Kind.DATABASE, "FATAL: database \"orders\" does not exist"));
    statuses.put(
        "GUARD-UNREACHABLE-CONNECTIONS",
        unreachable(Kind.CONNECTIONS, "FATAL: too many connections for role \"app\""));
    statuses.put(
        "GUARD-UNREACHABLE-REFUSED",
        unreachable(Kind.PARAMETER, "FATAL: unsupported startup parameter: search_path"));
    statuses.put(
        "GUARD-UNREACHABLE-FILE",
        unreachable(
            Kind.LOCKED,
            "Database may be already in use: \"/data/orders.mv.db\". Possible solutions: close all"
                + " other connection(s); use the server mode [90020-240]"));
    statuses.put(
        "GUARD-UNREACHABLE-DATASOURCE",
        unreachable(Kind.DATA_SOURCE, "Cannot determine target DataSource for lookup key [null]"));
    statuses.put(
        "GUARD-UNREACHABLE-TIMEOUT",
        unreachable(Kind.TIMEOUT, "no answer from the database within 10000 ms"));
    statuses.put(
        "GUARD-UNREACHABLE-INTERRUPTED",
        unreachable(Kind.INTERRUPTED, "the check was interrupted"));
    statuses.put(
        "GUARD-UNREADABLE-PERMISSION",
        unreadable(
            Cause.PERMISSION,
            "the role may not read public.databasechangelog",
            "GRANT SELECT ON \"public\".\"databasechangelog\" TO \"app\"",
            "GRANT SELECT ON \"public\".\"databasechangelog\" TO \"app\"; ALTER DEFAULT"
                + " PRIVILEGES FOR ROLE \"migrator\" IN SCHEMA \"public\" GRANT SELECT ON TABLES"
                + " TO \"app\" -- also covers tables that are created later"));
    statuses.put(
        "GUARD-UNREADABLE-SCHEMA",
        unreadable(
            Cause.SCHEMA,
            "there is no schema order",
            "Correct the setting schema; databasechangelog is in orders."));
    statuses.put(
        "GUARD-UNREADABLE-ELSEWHERE",
        unreadable(
            Cause.ELSEWHERE,
            "schema public has no databasechangelog; databasechangelog (liquibase) in schema"
                + " orders is this application's: all of its rows are in the chain",
            "Set `schema` to orders (--schema orders)",
            "If it is only a copy, say that this database is new: set `assume-new`"
                + " (--assume-new)"));
    statuses.put(
        "GUARD-UNREADABLE-TOOL",
        orders()
            .tool("")
            .status(
                new Unreadable(
                    new HistoryPlace(
                        "liquibase and flyway",
                        "postgresql",
                        "public",
                        "databasechangelog and flyway_schema_history"),
                    Cause.TOOL,
                    "schema public has databasechangelog (liquibase) and flyway_schema_history"
                        + " (flyway)",
                    List.of(
                        "Name the tool that migrates this application: the setting tool, or --tool"
                            + " liquibase or --tool flyway on the command line.",
                        "Drop the table of the tool that is no longer used, once its history is no"
                            + " longer needed."))));
    statuses.put(
        "GUARD-UNREADABLE-COLUMN",
        unreadable(
            Cause.COLUMN,
            "databasechangelog has no column ORDEREXECUTED, EXECTYPE",
            "Name Liquibase's own table if this is another one of that name.",
            "Let Liquibase 2 or later run once, which adds the columns to a table of version 1."));
    statuses.put(
        "GUARD-UNREADABLE-SHAPE",
        unreadable(
            Cause.SHAPE,
            "databasechangelog: row 3 has no ORDEREXECUTED",
            "Find out who wrote the row, because Liquibase does not write such rows; complete or delete it."));
    statuses.put(
        "GUARD-UNREADABLE-QUERY",
        unreadable(
            Cause.QUERY,
            "the database refused to read databasechangelog: ERROR: canceling statement due to lock"
                + " timeout",
            "Look up the database's message; the guard reads the table with a plain SELECT."));
    statuses.put("GUARD-UNKNOWN-VERSION", orders().version("1.5.0").status(EXPECTED));
    statuses.put("GUARD-UNKNOWN-VERSION.no-version", orders().version(null).status(EXPECTED));
  }

  private static void behind(Map<String, MigrationStatus> statuses) {
    HistoryEntry[] first = {appliedAt("0049_customers", "2026-01-05 10:00:00", null)};
    MigrationLock running =
        new MigrationLock(
            "app7 (10.0.0.7)", "2026-11-22T02:58:11", "the holder's local time", null, false);
    MigrationLock stale =
        new MigrationLock(
            "app7 (10.0.0.7)", "2026-11-20T02:58:11", "the holder's local time", null, true);
    statuses.put("GUARD-BEHIND", orders().status(first));
    statuses.put("GUARD-BEHIND.running", orders().locked(running).status(first));
    statuses.put("GUARD-BEHIND.stale-lock", orders().locked(stale).status(first));
    statuses.put("GUARD-FAILED.stale-lock", orders().locked(stale).status(failed("0051_prices")));
    statuses.put("GUARD-UNINITIALIZED.running", orders().locked(running).status(orders().absent()));
    statuses.put("GUARD-BEHIND.migrated", orders().migratedByApplication().status(first));
    statuses.put(
        "GUARD-BEHIND.migrated-with-settings",
        orders().migration(new MigrationOwner(true, "contexts test", false, null)).status(first));
    statuses.put(
        "GUARD-BEHIND.hint",
        orders()
            .migration(
                new MigrationOwner(
                    false,
                    null,
                    false,
                    "add spring-boot-starter-liquibase: liquibase-core alone migrates nothing on"
                        + " Spring Boot 4"))
            .status(first));
    statuses.put("GUARD-BEHIND.other-tool", orders().tool("goose").status(first));
    statuses.put(
        "GUARD-BEHIND-GAP.moved",
        Judge.chain("db/2026/0001.xml::0001::ann", "db/2026/0002.xml::0002::ann")
            .expectingHead()
            .version("1.4.2")
            .status(applied("db/0001.xml::0001::ann"), applied("db/0002.xml::0002::ann")));
    statuses.put(
        "GUARD-BEHIND-GAP",
        orders().status(allApplied("0049_customers", "0051_prices", "0055_add_index")));
    statuses.put("GUARD-UNINITIALIZED", orders().status(orders().absent()));
    statuses.put(
        "GUARD-UNINITIALIZED.tables",
        orders().beside("customer", "item", "order_line", "price").status(orders().absent()));
    statuses.put(
        "GUARD-UNINITIALIZED.migrated", orders().migratedByApplication().status(orders().absent()));
    statuses.put("GUARD-UNINITIALIZED-EMPTY", orders().status());
    statuses.put(
        "GUARD-UNINITIALIZED-EMPTY.paths",
        orders().paths("orders/**").status(applied("billing/1.xml::1::bob")));
    statuses.put("GUARD-FAILED", orders().status(expectedAnd(failed("0056_split_address"))));
    statuses.put(
        "GUARD-FAILED.several-running",
        orders().locked(running).status(failed("0051_prices"), failed("0052_returns")));
    statuses.put(
        "GUARD-FAILED.other-tool",
        orders().tool("goose").status(expectedAnd(failed("0056_split_address"))));
  }

  private static void flyway(Map<String, MigrationStatus> statuses) {
    HistoryEntry first = numbered("1.1", Outcome.APPLIED, "orders");
    HistoryEntry third = numbered("1.3", Outcome.APPLIED, "index");
    Judge orders = Judge.chain("1.1", "1.2", "1.3").tool("flyway").expectingHead().version("1.4.2");
    statuses.put("GUARD-BEHIND.flyway", orders.status(first));
    statuses.put("GUARD-BEHIND-GAP.flyway", orders.status(first, third));
    statuses.put(
        "GUARD-FAILED.flyway", orders.status(first, numbered("1.2", Outcome.FAILED, "prices")));
    statuses.put("GUARD-UNINITIALIZED-EMPTY.flyway", orders.status());
    statuses.put("GUARD-BEHIND.flyway-migrated", orders.migratedByApplication().status(first));
  }

  private static void positions(Map<String, MigrationStatus> statuses) {
    Judge alembic = Judge.chain("a1", "b2", "c3").tool("alembic").version("1.4.2");
    statuses.put("GUARD-BEHIND.alembic", alembic.row("1.4.2", "c3", null, null).status(head("a1")));
    statuses.put(
        "GUARD-AHEAD-INCOMPATIBLE.alembic",
        alembic.row("1.4.1", "a1", null, "b2").version("1.4.1").status(head("c3")));
    Judge numbers =
        Judge.chain("101", "102", "103").tool("golang-migrate").expectingHead().version("1.4.2");
    HistoryEntry upTo = numbered("102", Outcome.BASELINE, null);
    statuses.put(
        "GUARD-FAILED.golang-migrate", numbers.status(upTo, numbered("102", Outcome.FAILED, null)));
    statuses.put(
        "GUARD-BEHIND.golang-migrate-running",
        numbers
            .locked(
                new MigrationLock(
                    "migrator, session 4711",
                    "2026-11-22T02:59:58",
                    "the database's clock, when its session began",
                    Duration.ofSeconds(2),
                    false,
                    true))
            .status(upTo, numbered("102", Outcome.RUNNING, null)));
  }

  private static void drifted(Map<String, MigrationStatus> statuses) {
    statuses.put("GUARD-DRIFTED", drifted(orders(), expectedAnd()));
    statuses.put(
        "GUARD-DRIFTED.unknown-since",
        orders()
            .status(
                orders()
                    .assess(expectedAnd())
                    .withStructure(
                        evidence(
                            List.of("view totals"), List.of(), List.of("orders.tax"), List.of()))));
    for (String tool : List.of("flyway", "alembic", "golang-migrate", "table")) {
      Judge judge = Judge.chain("11", "12", "13").tool(tool).expectingHead().version("1.4.2");
      statuses.put(
          "GUARD-DRIFTED." + tool, drifted(judge, recorded("11"), recorded("12"), recorded("13")));
    }
    statuses.put("GUARD-AHEAD-STRUCTURE", drifted(orders(), expectedAnd(applied("0057_totals"))));
    Assessment unknown = orders().assess(expectedAnd(applied("0057_totals")));
    statuses.put(
        "GUARD-AHEAD-UNKNOWN.intact",
        orders()
            .status(unknown.withStructure(evidence(List.of(), List.of(), List.of(), List.of()))));
    statuses.put(
        "GUARD-AHEAD-UNKNOWN.not-compared",
        orders()
            .status(
                unknown.withStructure(
                    StructureEvidence.notComparable(
                        "the catalog did not answer within 5000 ms", true))));
  }

  private static HistoryEntry recorded(String version) {
    return new HistoryEntry(
        version, version, null, Outcome.APPLIED, false, "2026-01-05 10:00:00", null, null);
  }

  private static MigrationStatus drifted(Judge judge, HistoryEntry... entries) {
    StructureEvidence broken =
        evidence(
            List.of("table invoices", "orders.legacy_code"),
            List.of("orders.amount: integer, not numeric(10,2)"),
            List.of(),
            List.of("13".equals(entries[entries.length - 1].name()) ? "13" : "0052_returns"));
    return judge.status(judge.assess(entries).withStructure(broken));
  }

  private static StructureEvidence evidence(
      List<String> missing, List<String> changed, List<String> required, List<String> since) {
    boolean intact = missing.isEmpty() && changed.isEmpty() && required.isEmpty();
    return new StructureEvidence(
        new Structure(intact ? Result.INTACT : Result.BROKEN, missing, changed, required),
        "",
        14,
        96,
        since,
        true);
  }

  private static HistoryEntry head(String name) {
    return new HistoryEntry(name, name, null, Outcome.HEAD, false, null, null, null);
  }

  private static void ahead(Map<String, MigrationStatus> statuses) {
    statuses.put("GUARD-AHEAD-INCOMPATIBLE", orders().status(expectedAnd(SPLIT, DROP)));
    statuses.put(
        "GUARD-AHEAD-INCOMPATIBLE.several",
        orders()
            .status(
                expectedAnd(
                    applied("0058_more", "requires-app 2.0.0"),
                    DROP,
                    applied("0059_less", "requires-app 1.10.0"))));
    statuses.put("GUARD-AHEAD-INCOMPATIBLE.beyond-max", orders().version("1.4.1").status(EXPECTED));
    statuses.put("GUARD-AHEAD-UNKNOWN", orders().status(expectedAnd(applied("0057_totals"))));
    statuses.put("GUARD-AHEAD-UNKNOWN.known", orders().status(expectedAnd(SPLIT)));
    statuses.put("GUARD-AHEAD-UNKNOWN.many", orders().status(expectedAnd(many())));
    statuses.put(
        "GUARD-AHEAD-MARKER",
        orders().status(expectedAnd(applied("0057_drop_legacy", "requires-app: 1.5.0"))));
    statuses.put(
        "GUARD-AHEAD-MARKER.incomparable",
        Judge.chain("0055_add_index")
            .expectingHead()
            .version("main-4f2a")
            .status(applied("0055_add_index"), DROP, applied("0058_more")));
    statuses.put(
        "GUARD-AHEAD-MARKER.no-version",
        Judge.chain("0055_add_index")
            .expectingHead()
            .version(null)
            .status(applied("0055_add_index"), DROP));
  }

  private static HistoryEntry[] many() {
    HistoryEntry[] entries = new HistoryEntry[12];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = applied("00" + (60 + i) + "_later");
    }
    return entries;
  }

  private static MigrationStatus unreachable(Kind kind, String message) {
    return orders()
        .status(
            orders()
                .assessor()
                .unreachable(new ConnectionFailure(kind, message, "app@pg3:5432/orders")));
  }

  private static MigrationStatus unreadable(Cause cause, String why, String... actions) {
    return orders()
        .status(orders().assess(new Unreadable(orders().place(), cause, why, List.of(actions))));
  }

  private static ConfigurationException configuration() {
    try {
      Judge.chain("0050_orders", "0055_add_index")
          .document("| App version | Expected |\n|---|---|\n| 1.0 | 0055_add_idx |")
          .assessor();
    } catch (ConfigurationException e) {
      return e;
    }
    throw new AssertionError("0055_add_idx was found");
  }
}
