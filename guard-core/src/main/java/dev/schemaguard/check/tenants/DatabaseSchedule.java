// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.assessment.ConnectionFailure.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks databases that hold one history each, a few on each server at a time. A database that stays
 * silent is set aside after a short while and the next one begins, so that databases that hang
 * delay no others, and everything that is not answered ends within the {@link TimeBudget}. Used
 * once.
 */
final class DatabaseSchedule {

  /** The maximum number of databases that are asked at a time, on all servers. */
  static final int AT_A_TIME = 16;

  /** The maximum number of connections that may be silent beside those. */
  static final int SILENT = 128;

  /** How often the number of silent databases is reported. */
  private static final long TICK_MILLIS = 200;

  private final TenantReader.TenantQuery query;
  private final BiConsumer<Tenant, TenantResult> taker;
  private final IntConsumer silence;
  private final TimeBudget budget;
  private final ThreadFactory threads;
  private final Map<String, ServerQueue> servers = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private long lastAnswer = start;
  private int timeouts;
  private @Nullable RuntimeException failure;

  /**
   * Creates a schedule.
   *
   * @param taker receives the result of each database, one at a time
   * @param silence receives the number of databases that are being asked and stay silent
   */
  DatabaseSchedule(
      TenantReader.TenantQuery query,
      BiConsumer<Tenant, TenantResult> taker,
      IntConsumer silence,
      TimeBudget budget,
      ThreadFactory threads) {
    this.query = query;
    this.taker = taker;
    this.silence = silence;
    this.budget = budget;
    this.threads = threads;
  }

  /**
   * Asks all of them. When this returns, there is a result for each. If the calling thread is
   * interrupted, it returns at once, and the interrupt flag stays set.
   *
   * @throws RuntimeException the first that a query throws
   */
  void of(Collection<Tenant> tenants) {
    for (Tenant tenant : tenants) {
      String server = tenant.database().server();
      // A database whose server is not known counts as a server.
      String key = server == null ? "\n" + tenant.name() : server;
      servers.computeIfAbsent(key, unused -> new ServerQueue(server, start)).add(tenant);
    }
    ExecutorService executor = Executors.newCachedThreadPool(threads);
    try {
      run(executor);
    } catch (InterruptedException e) {
      interrupt();
      Thread.currentThread().interrupt();
    } finally {
      Parallel.end(executor);
    }
  }

  private synchronized void run(ExecutorService executor) throws InterruptedException {
    while (failure == null && isBusy()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      giveUp();
      begin(executor);
      silence.accept(silent(System.nanoTime()));
      if (isBusy()) {
        wait(Math.min(TICK_MILLIS, TimeUnit.NANOSECONDS.toMillis(budget.patience()) + 1));
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private boolean isBusy() {
    return servers.values().stream().anyMatch(each -> each.isWaiting() || each.size() > 0);
  }

  private int silent(long now) {
    int silent = 0;
    for (ServerQueue server : servers.values()) {
      silent += server.silent(now, budget.patience());
    }
    return silent;
  }

  /** Begins as many databases as may be asked now, one of each server after the other. */
  private void begin(ExecutorService executor) {
    boolean begun = true;
    while (begun) {
      begun = false;
      for (ServerQueue server : servers.values()) {
        long now = System.nanoTime();
        ServerQueue.Turn turn = mayBegin(now) ? server.begin(now, budget.patience()) : null;
        if (turn != null) {
          Duration limit = budget.limit(now - start, timeouts > 0);
          executor.execute(() -> ask(turn, limit));
          begun = true;
        }
      }
    }
  }

  private boolean mayBegin(long now) {
    int all = 0;
    for (ServerQueue server : servers.values()) {
      all += server.size();
    }
    return all - silent(now) < AT_A_TIME && all < AT_A_TIME + SILENT;
  }

  /** Gives up the databases for which no time is left, or whose server makes no connections. */
  private void giveUp() {
    long now = System.nanoTime();
    boolean isUsedUp = timeouts > 0 && budget.isUsedUp(now - start);
    boolean isOver = isUsedUp && budget.isHopeless(now - lastAnswer);
    for (ServerQueue server : servers.values()) {
      if (isOver || server.isDead() || (isUsedUp && server.isHopeless(now, budget))) {
        server.giveUp().forEach(tenant -> accept(tenant, server.notAsked(tenant)));
      }
    }
  }

  private synchronized void interrupt() {
    ConnectionFailure interrupted =
        new ConnectionFailure(Kind.INTERRUPTED, "the check was interrupted");
    for (ServerQueue server : servers.values()) {
      server.abandon().forEach(tenant -> accept(tenant, interrupted));
      server.giveUp().forEach(tenant -> accept(tenant, interrupted));
    }
  }

  private void accept(Tenant tenant, ConnectionFailure reason) {
    taker.accept(tenant, query.without(tenant.check(), reason));
  }

  /** Asks one database, on a thread of its own. */
  private void ask(ServerQueue.Turn turn, Duration limit) {
    Tenant tenant = turn.tenant();
    AtomicReference<@Nullable ConnectionFailure> failed = new AtomicReference<>();
    try {
      TenantResult result =
          tenant
              .database()
              .ask(
                  limit,
                  session -> {
                    connected(turn);
                    return query.ask(tenant.check(), session);
                  },
                  reason -> {
                    failed.set(reason);
                    return query.without(tenant.check(), reason);
                  });
      end(turn, result, failed.get());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void connected(ServerQueue.Turn turn) {
    turn.server().answered();
  }

  private synchronized void end(
      ServerQueue.Turn turn, TenantResult result, @Nullable ConnectionFailure failed) {
    long now = System.nanoTime();
    boolean silent = failed != null && turn.isSilent(now, budget.patience());
    if (turn.server().end(turn, silent, now)) {
      timeouts += silent ? 1 : 0;
      lastAnswer = silent ? lastAnswer : now;
      taker.accept(turn.tenant(), result);
    }
    notifyAll();
  }

  private synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
    notifyAll();
  }
}
