// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The result of checking whether a client fits a server, with the values that were compared.
 * Immutable.
 *
 * @param outcome the result of the comparison
 * @param component the client's name as the table writes it, or as the caller gave it if no table
 *     names the client
 * @param clientVersion the client's version, as the caller gave it
 * @param serverVersion the server's version; null if it has none
 * @param row the label of the row that applies to the server; null if there is none
 * @param accepted the versions that fit, as the table writes them, {@code any} or {@code none};
 *     null if the table does not say
 * @param where {@code file:line} of the row, else of the table, else the document
 */
public record ClientCompatibility(
    Outcome outcome,
    String component,
    String clientVersion,
    @Nullable String serverVersion,
    @Nullable String row,
    @Nullable String accepted,
    String where) {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final int LONGEST = 60;

  /** The possible outcomes: one fits, four are refusals, and four are inconclusive. */
  public enum Outcome {
    /** The client's version is among those that fit. */
    FITS,
    /** Every version that fits is newer. */
    TOO_OLD,
    /** Every version that fits is older. */
    TOO_NEW,
    /**
     * The client's version is not listed, although older and newer versions, or another build of
     * it, are.
     */
    LEFT_OUT,
    /** No version of this client fits. */
    NONE_FITS,
    /** No row applies to this version of the server. */
    NO_ROW,
    /** The row does not state anything about this client: its cell is blank. */
    NOT_STATED,
    /** No table names this client. */
    UNKNOWN_COMPONENT,
    /** The client's version cannot be compared. */
    NOT_A_VERSION;

    /**
     * Returns whether the tables give a definite result. If they do not, the client neither fits
     * nor is refused.
     */
    public boolean isKnown() {
      return this == FITS || isRefused();
    }

    /** Returns whether the tables say that this client does not fit. */
    public boolean isRefused() {
      return this == TOO_OLD || this == TOO_NEW || this == LEFT_OUT || this == NONE_FITS;
    }
  }

  /**
   * Returns whether the tables say that this client fits. This is never true if they do not say.
   */
  public boolean fits() {
    return outcome == Outcome.FITS;
  }

  /** Returns the result for people, in one sentence of bounded length without a full stop. */
  public String sentence() {
    String client = component + " " + shown(clientVersion);
    String server = serverVersion == null ? "this server" : "server " + shown(serverVersion);
    String accepting = server + ", which accepts " + accepted;
    return switch (outcome) {
      case FITS -> client + " fits " + accepting;
      case TOO_OLD -> client + " is too old for " + accepting;
      case TOO_NEW -> client + " is too new for " + accepting;
      case LEFT_OUT -> client + " does not fit " + accepting;
      case NONE_FITS -> "No version of " + component + " fits " + server;
      case NO_ROW -> where + " has no row for " + server + ", so it is unknown which clients fit";
      case NOT_STATED -> where + " does not say which versions of " + component + " fit " + server;
      case UNKNOWN_COMPONENT -> where + " names no client '" + shown(component) + "'";
      case NOT_A_VERSION ->
          "Nobody can tell whether "
              + component
              + " '"
              + shown(clientVersion)
              + "' fits "
              + accepting;
    };
  }

  /** Returns text from a caller in a form that is safe to print in one log line. */
  private static String shown(String text) {
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return CONTROL.matcher(shown).replaceAll("\uFFFD");
  }
}
