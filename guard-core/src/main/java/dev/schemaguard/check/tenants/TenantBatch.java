// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.check.Database;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tool.HistoryBatch;
import dev.schemaguard.tool.ManyHistories;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One check of many tenants, summarised as the results arrive. Used once, by one thread. */
final class TenantBatch {

  /** Fewer tenants than this are read one by one, because querying the catalog does not pay off. */
  private static final int FEW = 5;

  /** The number of worst tenants that are read individually, with lock and place. */
  private static final int WORST_READ = 20;

  private final List<Tenant> all;
  private final TenantReader.TenantQuery query;
  private final Duration timeout;
  private final TenantProgress progress;
  private final ThreadFactory threads;
  private final TenantStructures structures;
  private final TenantSummary tally = new TenantSummary();

  TenantBatch(
      List<Tenant> all,
      TenantReader.TenantQuery query,
      Duration timeout,
      TenantProgress progress,
      ThreadFactory threads,
      TenantStructures structures) {
    this.all = all;
    this.query = query;
    this.timeout = timeout;
    this.progress = progress;
    this.threads = threads;
    this.structures = structures;
  }

  /** Reads every history individually, in one database. */
  TenantSummary ofEach() {
    read(all, this::take);
    return tally;
  }

  /**
   * Reads every history individually, each in a database of its own.
   *
   * @param known results that still hold; their tenants are not queried
   */
  TenantSummary ofEachDatabase(TimeBudget budget, Map<Tenant, TenantResult> known) {
    return ofEachDatabase(budget, known, (tenant, result) -> {});
  }

  /**
   * Reads every history individually, each in a database of its own.
   *
   * @param known results that still hold; their tenants are not queried
   * @param listener receives every new result, one at a time
   */
  TenantSummary ofEachDatabase(
      TimeBudget budget,
      Map<Tenant, TenantResult> known,
      BiConsumer<Tenant, TenantResult> listener) {
    List<Tenant> open = new ArrayList<>(all.size());
    for (Tenant tenant : all) {
      TenantResult still = known.get(tenant);
      if (still == null) {
        open.add(tenant);
      } else {
        take(tenant, still);
      }
    }
    BiConsumer<Tenant, TenantResult> taker =
        (tenant, result) -> {
          listener.accept(tenant, result);
          take(tenant, result);
        };
    new DatabaseSchedule(query, taker, progress::unresponsive, budget, threads).of(open);
    return tally;
  }

  /**
   * Reads many histories of one database at a time, as far as the database supports it. The tenants
   * that need a closer look, and the worst ones, are then read individually, so that their results
   * are complete.
   */
  TenantSummary ofAll(ManyHistories histories) {
    if (all.size() < FEW) {
      return ofEach();
    }
    Waiting waiting = new Waiting();
    readTogether(histories, waiting);
    read(waiting.end(), this::take);
    if (structures.isDue()) {
      compareStructures(waiting.compatible());
    }
    read(waiting.checked(tally.worst(WORST_READ)), this::take);
    return tally;
  }

  private void readTogether(ManyHistories histories, Waiting waiting) {
    Database database = all.get(0).database();
    List<String> names = all.stream().map(Tenant::name).toList();
    Queue<HistoryBatch> batches =
        new ConcurrentLinkedQueue<>(
            database.ask(
                timeout,
                session -> histories.batches(session, names),
                failure -> List.<HistoryBatch>of()));
    Runnable work =
        () -> {
          boolean unused =
              database.ask(
                  timeout, session -> readAll(session, batches, waiting::take), failure -> false);
        };
    Parallel.run(Collections.nCopies(Math.min(Parallel.MOST, batches.size()), work), threads);
  }

  /**
   * Compares the structure of tenants whose histories were read together: of those whose schemas
   * look alike, one is read individually, and the others only if it lacks something.
   *
   * @param states the tenants, with what else distinguishes them
   */
  private void compareStructures(Map<Tenant, String> states) {
    Database database = all.get(0).database();
    Optional<Map<Tenant, String>> digests =
        structures.digests(database, timeout, new ArrayList<>(states.keySet()), threads);
    if (digests.isEmpty()) {
      return;
    }
    Map<String, List<Tenant>> alike = new HashMap<>();
    states.forEach(
        (tenant, state) -> {
          String digest = digests.get().getOrDefault(tenant, tenant.name());
          alike.computeIfAbsent(digest + " " + state, key -> new ArrayList<>()).add(tenant);
        });
    Set<Tenant> broken = ConcurrentHashMap.newKeySet();
    List<Tenant> first = alike.values().stream().map(each -> each.get(0)).toList();
    read(
        first,
        (tenant, result) -> {
          tally.replace(tenant.name(), result);
          if (isBroken(result)) {
            broken.add(tenant);
          }
        });
    List<Tenant> others = new ArrayList<>();
    alike.values().stream()
        .filter(each -> broken.contains(each.get(0)))
        .forEach(each -> others.addAll(each.subList(1, each.size())));
    read(others, (tenant, result) -> tally.replace(tenant.name(), result));
    Set<String> names = new HashSet<>();
    broken.forEach(tenant -> names.add(tenant.name()));
    others.forEach(tenant -> names.add(tenant.name()));
    structures.compared(names);
  }

  private static boolean isBroken(TenantResult result) {
    MigrationStatus.Structure structure = result.status().structure();
    return structure != null && structure.result() == MigrationStatus.Structure.Result.BROKEN;
  }

  private static boolean readAll(
      DatabaseSession session,
      Queue<HistoryBatch> batches,
      BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    HistoryBatch batch;
    while ((batch = batches.poll()) != null) {
      batch.read(session, taker);
    }
    return true;
  }

  private void read(Collection<Tenant> tenants, BiConsumer<Tenant, TenantResult> taker) {
    new TenantReader(query, taker, timeout, threads).of(tenants);
  }

  private void take(Tenant tenant, TenantResult result) {
    tally.add(tenant.name(), result);
    progress.assessed(tally.size(), all.size());
  }

  /** The tenants without a result from the histories that are read together. Thread-safe. */
  private final class Waiting {

    private final Map<String, Tenant> unchecked = new HashMap<>();
    private final Map<String, Tenant> checked = new HashMap<>();
    private final Map<Tenant, String> compatible = new LinkedHashMap<>();

    Waiting() {
      for (Tenant tenant : all) {
        unchecked.put(tenant.name(), tenant);
      }
    }

    /** Takes the result from the schema's history, if the history is sufficient. */
    void take(HistoryReader reader, History history) {
      Tenant tenant = unchecked(history.place().schema());
      // What lacked something when it was last compared is compared again, individually.
      if (tenant != null && !structures.broken().contains(tenant.name())) {
        query.ask(tenant.check().with(reader), history).ifPresent(result -> accept(tenant, result));
      }
    }

    private synchronized @Nullable Tenant unchecked(@Nullable String name) {
      return unchecked.get(name);
    }

    private synchronized void accept(Tenant tenant, TenantResult result) {
      if (unchecked.remove(tenant.name(), tenant)) {
        checked.put(tenant.name(), tenant);
        MigrationStatus status = result.status();
        if (status.compatible()) {
          compatible.put(tenant, status.verdict() + " " + status.currentRevision());
        }
        TenantBatch.this.take(tenant, result);
      }
    }

    /** Returns the compatible tenants, each with its verdict and revision. */
    synchronized Map<Tenant, String> compatible() {
      return new LinkedHashMap<>(compatible);
    }

    /** Returns the tenants without a result. Results that arrive later are ignored. */
    synchronized List<Tenant> end() {
      List<Tenant> rest = new ArrayList<>(unchecked.values());
      unchecked.clear();
      return rest;
    }

    synchronized List<Tenant> checked(List<String> names) {
      return names.stream().map(checked::get).filter(Objects::nonNull).toList();
    }
  }
}
