// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.assessment.ConnectionFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The databases of one server during one check: those that wait for their turn, and those that are
 * being asked. One that stays silent does not occupy the place of another for long. Guarded by the
 * lock of its {@link DatabaseSchedule}.
 */
final class ServerQueue {

  /** The maximum number of databases of one server that are asked at a time. */
  static final int AT_A_TIME = 4;

  /** The maximum number of connections to one server that may be silent beside those. */
  static final int SILENT = 16;

  /** A database that is being asked, since {@code begun} in {@link System#nanoTime}. */
  record Turn(Tenant tenant, ServerQueue server, long begun) {

    /** Returns whether it has been silent for longer than this. */
    boolean isSilent(long now, long patience) {
      return now - begun > patience;
    }
  }

  private final @Nullable String server;
  private final Deque<Tenant> waiting = new ArrayDeque<>();
  private final List<Turn> turns = new ArrayList<>();
  private int leftOver;
  private boolean answered;
  private int timeouts;
  private long lastAnswer;

  /**
   * Creates an empty queue.
   *
   * @param server host and port, for people; null if they are not known
   * @param now the current {@link System#nanoTime}
   */
  ServerQueue(@Nullable String server, long now) {
    this.server = server;
    this.lastAnswer = now;
  }

  void add(Tenant tenant) {
    waiting.add(tenant);
    leftOver += tenant.database().hangingChecks();
  }

  /** Returns the next database and lets it begin; null if none may begin now. */
  @Nullable Turn begin(long now, long patience) {
    int silent = silent(now, patience);
    if (waiting.isEmpty()
        || isDoubtful()
        || turns.size() - silent >= AT_A_TIME
        || turns.size() >= AT_A_TIME + mostSilent()) {
      return null;
    }
    Turn turn = new Turn(waiting.remove(), this, now);
    turns.add(turn);
    return turn;
  }

  /**
   * Returns whether the server has left some unanswered and answered none, so that those that are
   * being asked decide whether more are.
   */
  private boolean isDoubtful() {
    return !answered && timeouts > 0 && !turns.isEmpty();
  }

  /**
   * Returns how many connections may be silent. Those that still hang from earlier checks count
   * until the server answers, and then one database at a time finds out whether it does.
   */
  private int mostSilent() {
    return answered ? SILENT : Math.max(1 - AT_A_TIME, SILENT - leftOver);
  }

  /** Returns how many databases have been asked for longer than {@code patience}. */
  int silent(long now, long patience) {
    int silent = 0;
    for (Turn turn : turns) {
      silent += turn.isSilent(now, patience) ? 1 : 0;
    }
    return silent;
  }

  /** Returns how many databases are being asked. */
  int size() {
    return turns.size();
  }

  /** Returns whether databases wait for their turn. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Records that the server has made a connection. */
  void answered() {
    answered = true;
  }

  /**
   * Ends a turn; false if it had ended already.
   *
   * @param silent whether there was no answer, and not because something refused at once
   */
  boolean end(Turn turn, boolean silent, long now) {
    if (!turns.remove(turn)) {
      return false;
    }
    timeouts += silent || isProbed() ? 1 : 0;
    lastAnswer = silent ? lastAnswer : now;
    return true;
  }

  /** Returns whether databases of this server let their time limit pass, and none answers. */
  boolean isHopeless(long now, TimeBudget budget) {
    return timeouts > 0 && budget.isHopeless(now - lastAnswer);
  }

  /** Returns whether one database at a time finds out whether the server answers again. */
  private boolean isProbed() {
    return !answered && mostSilent() == 1 - AT_A_TIME;
  }

  /** Returns whether the server makes no connections, so that asking more databases is useless. */
  boolean isDead() {
    return !answered && turns.isEmpty() && timeouts >= (isProbed() ? 1 : AT_A_TIME);
  }

  /** Removes and returns the databases that have not had their turn. */
  List<Tenant> giveUp() {
    List<Tenant> rest = new ArrayList<>(waiting);
    waiting.clear();
    return rest;
  }

  /** Removes and returns the databases that are being asked. */
  List<Tenant> abandon() {
    List<Tenant> rest = turns.stream().map(Turn::tenant).toList();
    turns.clear();
    return rest;
  }

  /** Returns why a database did not get its turn. */
  ConnectionFailure notAsked(Tenant tenant) {
    String of = server == null ? "" : " of " + server;
    return new ConnectionFailure(
        ConnectionFailure.Kind.TIMEOUT,
        timeouts == 0
            ? "not asked, because too many other databases gave no answer in time"
            : "not asked, because "
                + timeouts
                + (timeouts == 1 ? " other database" : " other databases")
                + of
                + " gave no answer in time",
        tenant.database().name());
  }
}
