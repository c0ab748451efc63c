// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Database;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.StructureCatalog;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the structure of tenants that are schemas of one database. Schemas that look
 * alike, by a digest that the database computes, are compared once. Thread-safe.
 */
public final class TenantStructures {

  /**
   * The number of columns in a statement. Each statement also searches the whole catalog once, so
   * fewer would cost more, but each has to answer within the timeout.
   */
  private static final int COLUMNS = 30_000;

  private static final long VALID_NANOS = TimeUnit.HOURS.toNanos(1);

  private final CompatibilityMatrix matrix;
  private final boolean compares;
  private volatile Set<String> broken = Set.of();
  private volatile boolean isCompared;
  private volatile long comparedAt;

  /**
   * Creates an instance that knows nothing yet.
   *
   * @param compares whether anything is compared, if the matrix has a schema file
   */
  public TenantStructures(CompatibilityMatrix matrix, boolean compares) {
    this.matrix = matrix;
    this.compares = compares;
  }

  /** Returns whether the structures have to be compared, for the first time or again. */
  boolean isDue() {
    return compares && !(isCompared && System.nanoTime() - comparedAt < VALID_NANOS);
  }

  /** Returns the tenants whose schemas lacked something when they were last compared. */
  Set<String> broken() {
    return broken;
  }

  /** Takes the tenants whose schemas lack something; all others were compared and lack nothing. */
  void compared(Set<String> lacking) {
    broken = Set.copyOf(lacking);
    comparedAt = System.nanoTime();
    isCompared = true;
  }

  /**
   * Returns the digests of the tenants' schemas. A schema without any of the tables has none, and
   * neither has one that could not be read in time.
   *
   * @return the digests; empty if there is no schema file for the database's product
   */
  Optional<Map<Tenant, String>> digests(
      Database database, Duration timeout, List<Tenant> tenants, ThreadFactory threads) {
    Optional<SchemaFile> file =
        database.ask(timeout, session -> file(session.dbms()), failure -> Optional.empty());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Queue<List<Tenant>> parts = new ConcurrentLinkedQueue<>(parts(tenants, columns(file.get())));
    Map<Tenant, String> digests = new ConcurrentHashMap<>();
    Runnable work =
        () -> {
          boolean unused =
              database.ask(timeout, session -> read(session, parts, digests), failure -> false);
        };
    Parallel.run(Collections.nCopies(Math.min(Parallel.MOST, parts.size()), work), threads);
    return Optional.of(digests);
  }

  private static Queue<List<Tenant>> parts(List<Tenant> tenants, int columns) {
    int schemas = Math.max(1, COLUMNS / Math.max(1, columns));
    Queue<List<Tenant>> parts = new ArrayDeque<>();
    for (int i = 0; i < tenants.size(); i += schemas) {
      parts.add(tenants.subList(i, Math.min(tenants.size(), i + schemas)));
    }
    return parts;
  }

  private Optional<SchemaFile> file(String dbms) {
    return matrix.schemaFile(dbms, SchemaFile::parse);
  }

  private static int columns(SchemaFile file) {
    int columns = 0;
    for (FileTable table : file.tables()) {
      columns += table.columns().size();
    }
    return columns;
  }

  private boolean read(
      DatabaseSession session, Queue<List<Tenant>> parts, Map<Tenant, String> digests)
      throws SQLException {
    StructureCatalog catalog = session.dialect().structure().orElse(null);
    if (catalog == null) {
      return false;
    }
    Set<String> tables = tables(session.dbms());
    List<Tenant> part;
    while ((part = parts.poll()) != null) {
      Map<String, Tenant> bySchema = new HashMap<>();
      part.forEach(tenant -> bySchema.put(tenant.name(), tenant));
      catalog
          .digests(session, bySchema.keySet(), tables)
          .forEach((schema, digest) -> digests.put(bySchema.get(schema), digest));
    }
    return true;
  }

  /** Returns the tables that each tenant has; the others are in a schema that all share. */
  private Set<String> tables(String dbms) {
    SchemaFile file = file(dbms).orElseThrow();
    Set<String> tables = new LinkedHashSet<>();
    for (FileTable table : file.tables()) {
      if (table.name().schema() == null) {
        tables.add(table.name().name());
      }
    }
    return tables;
  }
}
