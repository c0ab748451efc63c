// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the settings say about clients that name themselves.
 *
 * @param header the request header in which they do
 * @param action what happens to one that does not fit
 */
record ClientPolicy(String header, Action action) {

  /** What happens to a request of a client that does not fit. */
  enum Action {
    /** It passes, with a mark. */
    MARK,
    /** It is answered with 403. */
    REFUSE
  }

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /**
   * That of some settings; empty where clients are not asked.
   *
   * @throws ConfigurationException if the header is none, or only said what happens
   */
  static Optional<ClientPolicy> of(Settings settings) {
    Action action = settings.choice(Setting.CLIENTS, Action.class).orElse(Action.MARK);
    Optional<String> header = settings.text(Setting.CLIENT_HEADER);
    if (header.isEmpty() && settings.text(Setting.CLIENTS).isPresent()) {
      throw unusable("it is not set, so no client can name itself");
    }
    if (header.isPresent() && !NAME.matcher(header.get()).matches()) {
      throw unusable("'" + header.get() + "' is no name of a header");
    }
    return header.map(name -> new ClientPolicy(name, action));
  }

  private static ConfigurationException unusable(String what) {
    return new ConfigurationException(
        "context parameter " + Setting.CLIENT_HEADER.parameter(),
        what,
        "Write the header in which clients send python-sdk/1.0.3, such as User-Agent.");
  }
}
