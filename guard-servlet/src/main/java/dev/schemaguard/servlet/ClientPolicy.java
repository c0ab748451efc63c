// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings for clients that send their name and version.
 *
 * @param header the request header that contains them
 * @param action what happens to a client that is not compatible
 */
record ClientPolicy(String header, Action action) {

  /** What happens to a request of a client that is not compatible. */
  enum Action {
    /** The request passes, with the result attached. */
    MARK,
    /** The request is answered with 403. */
    REFUSE
  }

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  /**
   * Returns the policy in some settings; empty if clients are not checked.
   *
   * @throws ConfigurationException if the header name is invalid, or the action is set without a
   *     header
   */
  static Optional<ClientPolicy> of(Settings settings) {
    Action action = settings.choice(Setting.CLIENTS, Action.class).orElse(Action.MARK);
    Optional<String> header = settings.text(Setting.CLIENT_HEADER);
    if (header.isEmpty() && settings.text(Setting.CLIENTS).isPresent()) {
      throw unusable("it is not set, so no client can name itself");
    }
    if (header.isPresent() && !NAME.matcher(header.get()).matches()) {
      throw unusable("'" + header.get() + "' is not a name of a header");
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
