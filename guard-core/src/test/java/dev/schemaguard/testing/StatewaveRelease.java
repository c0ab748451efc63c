// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A release of statewave: what its own jar knows, and the SQL that it really sends. */
public enum StatewaveRelease {
  /** Knows nothing of tenants. */
  V0_4_0("0.4.0", 8),
  /** Writes the tenant and counts requests; one {@code external_ref} still names one subject. */
  V0_5_0("0.5.0", 9),
  /** Finds a subject by tenant and {@code external_ref}. */
  V0_6_0("0.6.0", 12),
  /** Keeps the health of a subject. */
  V0_6_1("0.6.1", 12);

  private static final String SETTINGS =
      """
      Application: statewave
      Unknown ahead: refused

      | App version | Expected | Min | Max |
      |-------------|----------|-----|-----|
      """;

  private static final String DELIVER =
      "UPDATE webhook_events SET delivery_state = 'delivered', delivered_at = now(),"
          + " attempts = attempts + 1 WHERE id = NEW_ID";

  private static final String OF_TENANT =
      "(SELECT id FROM subjects WHERE tenant_id = 'default' AND external_ref = 'ann')";

  private final String version;
  private final int revisions;

  StatewaveRelease(String version, int revisions) {
    this.version = version;
    this.revisions = revisions;
  }

  /** The version, as it is marked and asked for. */
  public String version() {
    return version;
  }

  /** A guard with the matrix and the chain that are in the jar of this release. */
  public SchemaGuardBuilder guard(DataSource dataSource) {
    return SchemaGuard.builder(dataSource)
        .matrix(matrix())
        .applicationVersion(version)
        .environment(variable -> null);
  }

  /** The same with a schema file for PostgreSQL in the jar. */
  public SchemaGuardBuilder guard(DataSource dataSource, String schemaFile) {
    return guard(dataSource)
        .matrix(matrix().withSchemaFile("postgresql", schemaFile, "schema.postgresql.txt"));
  }

  private CompatibilityMatrix matrix() {
    return CompatibilityMatrix.parse(
        document(), RevisionChain.parse(revisionChain(), "revisions.txt"));
  }

  /** The matrix in the jar of this release: of itself and of those before it. */
  public String document() {
    StringBuilder rows = new StringBuilder(SETTINGS);
    for (StatewaveRelease release : values()) {
      if (release.compareTo(this) <= 0) {
        rows.append(release == this ? row("") : release.row(release.max()));
      }
    }
    return rows.toString();
  }

  /** The chain in the jar of this release, without any revision that came later. */
  public String revisionChain() {
    return Statewave.resource("statewave/schema-guard/revisions.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .limit(revisions)
        .collect(Collectors.joining("\n"));
  }

  /** How many revisions this release knows. */
  public int revisions() {
    return revisions;
  }

  private String row(String max) {
    return "| %s | %04d | %s | %s |%n".formatted(version, revisions, min(), max);
  }

  private String min() {
    return switch (this) {
      case V0_4_0 -> "0005";
      case V0_5_0 -> "0009";
      case V0_6_0 -> "0010";
      case V0_6_1 -> "0012";
    };
  }

  /** What was known of it when later ones were released. */
  private String max() {
    return switch (this) {
      case V0_4_0 -> "0009";
      case V0_5_0 -> "0010";
      case V0_6_0, V0_6_1 -> "";
    };
  }

  /**
   * Takes up an episode of a subject, and delivers its event, in one transaction.
   *
   * @throws SQLException if the schema is none that this release can live with
   */
  public void work(Connection connection) throws SQLException {
    String id = UUID.randomUUID().toString();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements()) {
        statement.executeUpdate(sql.replace("NEW_ID", "'" + id + "'"));
      }
      try (ResultSet found =
          statement.executeQuery(
              "SELECT s.display_name FROM subjects s JOIN episodes e ON e.subject_id = s.id"
                  + " JOIN memories m ON m.episode_id = e.id"
                  + " JOIN webhook_events w ON w.subject_id = s.id AND w.id = e.id"
                  + " WHERE w.delivery_state = 'delivered' AND e.id = '"
                  + id
                  + "'")) {
        if (!found.next()) {
          throw new IllegalStateException(version + " does not find what it wrote");
        }
      }
      connection.commit();
    } finally {
      connection.rollback();
    }
  }

  private List<String> statements() {
    return switch (this) {
      case V0_4_0 ->
          List.of(
              "INSERT INTO subjects (id, external_ref, display_name, created_at)"
                  + " VALUES (NEW_ID, 'ann', 'Ann', now())"
                  + " ON CONFLICT (external_ref) DO UPDATE SET display_name = 'Ann'",
              "INSERT INTO episodes (id, subject_id, source, body, occurred_at, created_at)"
                  + " VALUES (NEW_ID, (SELECT id FROM subjects WHERE external_ref = 'ann'),"
                  + " 'chat', 'hello', now(), now())",
              "INSERT INTO memories (id, subject_id, episode_id, kind, content, embedding, created_at)"
                  + " VALUES (NEW_ID, (SELECT id FROM subjects WHERE external_ref = 'ann'),"
                  + " NEW_ID, 'fact', 'said hello', '[0.1]', now())",
              "INSERT INTO webhook_events"
                  + " (id, subject_id, event_name, payload, next_attempt_at, created_at)"
                  + " VALUES (NEW_ID, (SELECT id FROM subjects WHERE external_ref = 'ann'),"
                  + " 'remembered', '{}', now(), now())",
              DELIVER);
      case V0_5_0 ->
          ofTenants(
              "(SELECT id FROM subjects WHERE external_ref = 'ann')",
              "ON CONFLICT (external_ref) DO UPDATE SET display_name = 'Ann'",
              DELIVER);
      case V0_6_0 -> ofTenants(OF_TENANT, "ON CONFLICT DO NOTHING", DELIVER);
      case V0_6_1 ->
          ofTenants(
              OF_TENANT,
              "ON CONFLICT DO NOTHING",
              DELIVER,
              "INSERT INTO health_cache"
                  + " (subject_id, tenant_id, score, health_state, computed_at, expires_at)"
                  + " VALUES ("
                  + OF_TENANT
                  + ", 'default', 99, 'well', now(), now())"
                  + " ON CONFLICT (subject_id) DO UPDATE SET computed_at = now()");
    };
  }

  private static List<String> ofTenants(String subject, String onConflict, String... more) {
    List<String> statements =
        new ArrayList<>(
            List.of(
                "INSERT INTO subjects (id, external_ref, display_name, tenant_id, created_at)"
                    + " VALUES (NEW_ID, 'ann', 'Ann', 'default', now()) "
                    + onConflict,
                "INSERT INTO episodes (id, subject_id, source, body, occurred_at, created_at,"
                    + " tenant_id, idempotency_key) VALUES (NEW_ID, "
                    + subject
                    + ", 'chat', 'hello', now(), now(), 'default', NEW_ID)"
                    + " ON CONFLICT (subject_id, idempotency_key) DO NOTHING",
                "INSERT INTO memories"
                    + " (id, subject_id, episode_id, kind, content, tenant_id, created_at)"
                    + " VALUES (NEW_ID, "
                    + subject
                    + ", NEW_ID, 'fact', 'said hello', 'default', now())",
                "INSERT INTO webhook_events (id, subject_id, event_name, payload, tenant_id,"
                    + " next_attempt_at, created_at) VALUES (NEW_ID, "
                    + subject
                    + ", 'remembered', '{}', 'default', now(), now())",
                "INSERT INTO rate_limits (tenant_id, bucket, window_start, request_count,"
                    + " request_limit, expires_at)"
                    + " VALUES ('default', 'api', date_trunc('day', now()), 1, 1000, now())"
                    + " ON CONFLICT (tenant_id, bucket, window_start)"
                    + " DO UPDATE SET request_count = rate_limits.request_count + 1"));
    statements.addAll(List.of(more));
    return statements;
  }
}
