// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.history.EqualHistories;
import dev.schemaguard.history.EqualHistories.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;

/** One look at many tenants, tallied as the answers come in. Used once, by one thread. */
final class TenantSurvey {

  /** So many schemas a statement: each costs a lock or two of the server's limited number. */
  private static final int BATCH = 100;

  /** Fewer than so many are read before it is found out which are equal. */
  private static final int FEW = 5;

  /** So many of the worst are read by themselves, whatever stood for them. */
  private static final int WORST_READ = 20;

  private final List<Tenant> all;
  private final TenantReads.Question question;
  private final Duration timeout;
  private final TenantProgress progress;
  private final ThreadFactory threads;
  private final TenantTally tally = new TenantTally();

  TenantSurvey(
      List<Tenant> all,
      TenantReads.Question question,
      Duration timeout,
      TenantProgress progress,
      ThreadFactory threads) {
    this.all = all;
    this.question = question;
    this.timeout = timeout;
    this.progress = progress;
    this.threads = threads;
  }

  /** Reads every history. */
  TenantTally ofEach() {
    read(all, this::take);
    return tally;
  }

  /**
   * Reads one history of each kind, where the database can tell which are equal: it stands for the
   * others, as long as neither a lock nor a place has a part in the verdict. Whatever is unusual is
   * read by itself, and so are the worst, so that what is told of them is their own.
   */
  TenantTally ofEachKind(EqualHistories histories) {
    if (all.size() < FEW) {
      return ofEach();
    }
    List<Tenant> unusual = new ArrayList<>();
    Map<String, Table> tables = tables(histories);
    Map<String, List<Tenant>> kinds = kinds(digests(tables.values()), unusual);
    Map<String, Tenant> shared = share(kinds, tables, unusual);
    read(unusual, this::take);
    List<Tenant> worst = new ArrayList<>();
    for (String name : tally.worst(WORST_READ)) {
      if (shared.containsKey(name)) {
        worst.add(shared.get(name));
      }
    }
    read(worst, this::take);
    return tally;
  }

  /** Those with an equal history by its digest; the others are {@code unusual}. */
  private Map<String, List<Tenant>> kinds(Map<String, String> digests, List<Tenant> unusual) {
    Map<String, List<Tenant>> kinds = new LinkedHashMap<>();
    for (Tenant tenant : all) {
      String digest = digests.get(tenant.name());
      if (digest == null) {
        unusual.add(tenant);
      } else {
        kinds.computeIfAbsent(digest, any -> new ArrayList<>()).add(tenant);
      }
    }
    for (List<Tenant> kind : new ArrayList<>(kinds.values())) {
      if (kind.size() == 1) {
        unusual.addAll(kind);
        kinds.values().remove(kind);
      }
    }
    return kinds;
  }

  /** Reads the first of every kind, and gives its answer to the others where that is theirs too. */
  private Map<String, Tenant> share(
      Map<String, List<Tenant>> kinds, Map<String, Table> tables, List<Tenant> unusual) {
    List<Tenant> firsts = new ArrayList<>();
    List<Table> theirs = new ArrayList<>();
    for (List<Tenant> kind : kinds.values()) {
      firsts.add(kind.get(0));
      theirs.add(Objects.requireNonNull(tables.get(kind.get(0).name())));
    }
    Map<String, Judged> answers = new ConcurrentHashMap<>();
    read(
        firsts,
        (tenant, answer) -> {
          take(tenant, answer);
          answers.put(tenant.name(), answer);
        });
    // Whichever was migrated between its digest and its reading is of another kind now.
    Map<String, String> digests = digests(theirs);
    Map<String, Tenant> shared = new HashMap<>();
    kinds.forEach(
        (digest, kind) -> {
          String first = kind.get(0).name();
          Judged answer = answers.get(first);
          boolean same = digest.equals(digests.get(first));
          for (Tenant other : kind.subList(1, kind.size())) {
            if (same && answer != null && answer.isShareable()) {
              take(other, answer.ofEqualHistory());
              shared.put(other.name(), other);
            } else {
              unusual.add(other);
            }
          }
        });
    return shared;
  }

  /** By the tenants' names; none of those that have to be read. */
  private Map<String, Table> tables(EqualHistories histories) {
    List<String> names = all.stream().map(Tenant::name).toList();
    Map<String, Table> tables = new HashMap<>();
    for (Table table :
        all.get(0)
            .database()
            .ask(
                timeout,
                session -> histories.tables(session, names),
                obstacle -> List.<Table>of())) {
      tables.put(table.schema(), table);
    }
    return tables;
  }

  /** By the tenants' names, as far as their tables have some. */
  private Map<String, String> digests(Collection<Table> tables) {
    Map<String, String> digests = new ConcurrentHashMap<>();
    List<Table> rest = new ArrayList<>(tables);
    List<Runnable> batches = new ArrayList<>();
    for (int i = 0; i < rest.size(); i += BATCH) {
      List<Table> batch = rest.subList(i, Math.min(rest.size(), i + BATCH));
      batches.add(
          () ->
              digests.putAll(
                  all.get(0)
                      .database()
                      .ask(
                          timeout,
                          session -> EqualHistories.digests(session, batch),
                          obstacle -> Map.<String, String>of())));
    }
    Parallel.run(batches, threads);
    return digests;
  }

  private void read(List<Tenant> tenants, BiConsumer<Tenant, Judged> taker) {
    new TenantReads(question, taker, timeout, threads).of(tenants);
  }

  private void take(Tenant tenant, Judged answer) {
    tally.add(tenant.name(), answer);
    progress.judged(tally.size(), all.size());
  }
}
