// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.assessment.ConnectionFailure.Kind;
import dev.schemaguard.check.Database;
import dev.schemaguard.check.HistoryCheck;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryResult.History;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the histories of many tenants in one database, a few at a time, over as few connections:
 * each connection is borrowed once and used for tenant after tenant. A tenant whose history cannot
 * be read gets a result of its own. After three failures the database is not queried any more.
 */
final class TenantReader {

  private static final int MOST_STRIKES = 3;

  /** The query that is made for every tenant. */
  interface TenantQuery {
    /** Returns the result for a history that has yet to be read. */
    TenantResult ask(HistoryCheck check, DatabaseSession session) throws SQLException;

    /**
     * Returns the result for a history that has been read; empty if it has to be read individually.
     */
    Optional<TenantResult> ask(HistoryCheck check, History history);

    /** Returns the result if there is no connection. */
    TenantResult without(HistoryCheck check, ConnectionFailure failure);
  }

  private final TenantQuery query;
  private final BiConsumer<Tenant, TenantResult> taker;
  private final Duration timeout;
  private final ThreadFactory threads;

  /**
   * Creates a reader.
   *
   * @param taker receives every result, on several threads
   * @param timeout the time limit for the work on each connection
   */
  TenantReader(
      TenantQuery query,
      BiConsumer<Tenant, TenantResult> taker,
      Duration timeout,
      ThreadFactory threads) {
    this.query = query;
    this.taker = taker;
    this.timeout = timeout;
    this.threads = threads;
  }

  /** Queries all of them. When this returns, there is a result for each tenant. */
  void of(Collection<Tenant> tenants) {
    if (tenants.isEmpty()) {
      return;
    }
    Queue queue = new Queue(tenants.iterator().next().database());
    queue.waiting.addAll(tenants);
    Runnable work = queue::work;
    Parallel.run(Collections.nCopies(Math.min(Parallel.MOST, tenants.size()), work), threads);
    queue.giveUp();
  }

  private void cannotAsk(Tenant tenant, ConnectionFailure failure) {
    taker.accept(tenant, query.without(tenant.check(), failure));
  }

  /** The tenants that have yet to be queried. */
  private final class Queue {

    private final Database database;
    private final Deque<Tenant> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger strikes = new AtomicInteger();
    private volatile ConnectionFailure last =
        new ConnectionFailure(Kind.TIMEOUT, "the database was not asked");

    Queue(Database database) {
      this.database = database;
    }

    void work() {
      boolean goOn = true;
      while (goOn && !waiting.isEmpty() && strikes.get() < MOST_STRIKES) {
        Turn turn = new Turn(waiting);
        goOn =
            database.ask(
                timeout,
                session -> {
                  turn.take(session);
                  return true;
                },
                failure -> canContinueAfter(turn, failure));
      }
    }

    /**
     * Returns whether it makes sense to borrow another connection after the failure that ended a
     * turn.
     */
    private boolean canContinueAfter(Turn turn, ConnectionFailure failure) {
      Tenant stuck = turn.end();
      last = failure;
      if (stuck != null && (turn.asked > 0 || failure.kind() == Kind.INTERRUPTED)) {
        waiting.addFirst(stuck);
      } else if (stuck != null) {
        cannotAsk(stuck, failure);
        strikes.incrementAndGet();
        return true;
      }
      return turn.asked > 0 && failure.kind() != Kind.INTERRUPTED;
    }

    void giveUp() {
      Tenant tenant;
      while ((tenant = waiting.poll()) != null) {
        cannotAsk(tenant, last);
      }
    }
  }

  /** The work on one connection, until the connection is taken away. */
  private final class Turn {

    private final Deque<Tenant> waiting;
    private @Nullable Tenant current;
    private int asked;
    private boolean over;

    Turn(Deque<Tenant> waiting) {
      this.waiting = waiting;
    }

    void take(DatabaseSession session) throws SQLException {
      Tenant tenant;
      while ((tenant = next()) != null) {
        tell(tenant, query.ask(tenant.check(), session));
      }
    }

    private synchronized @Nullable Tenant next() {
      current = over ? null : waiting.poll();
      return current;
    }

    private synchronized void tell(Tenant tenant, TenantResult result) {
      if (!over) {
        taker.accept(tenant, result);
        current = null;
        asked++;
      }
    }

    /** Ends the turn and returns the tenant that was being queried, or null. */
    synchronized @Nullable Tenant end() {
      over = true;
      return current;
    }
  }
}
