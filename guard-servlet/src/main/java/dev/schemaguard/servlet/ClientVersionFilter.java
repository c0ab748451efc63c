// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.matrix.ClientCompatibility.Outcome;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.servlet.ClientPolicy.Action;
import dev.schemaguard.status.JsonObject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Checks clients that send their name and version, such as {@code python-sdk/1.0.3}, in the header
 * {@code schema-guard.client-header} against the client tables of the matrix. If {@code
 * schema-guard.clients} is {@code refuse}, an incompatible client is answered with 403 and the
 * versions that are compatible. If it is {@code mark}, its request passes. In both cases the
 * request has the {@link ClientCompatibility} as the attribute {@code
 * dev.schemaguard.matrix.ClientCompatibility}, and the response has the header {@code
 * Schema-Guard-Client}.
 *
 * <p>The request of a client that does not send its name, or that is in no table, passes without
 * attribute and header. If the compatibility is unknown, the request passes, and attribute and
 * header say so. The guard's own pages always pass. Thread-safe.
 */
public final class ClientVersionFilter implements Filter {

  private static final String ATTRIBUTE = ClientCompatibility.class.getName();
  private static final int FORBIDDEN = 403;
  private static final String MARK = "Schema-Guard-Client";

  private @Nullable ClientPolicy policy;

  /** Creates the filter; called by the container. */
  public ClientVersionFilter() {}

  /**
   * Reads the settings and all client tables.
   *
   * @throws ConfigurationException if the listener has not run in this context, or if a setting or
   *     a client table cannot be used
   */
  @Override
  public void init(FilterConfig config) {
    ContextGuard here = ContextGuard.of(config.getServletContext());
    policy = ClientPolicy.of(Settings.of(config.getServletContext())).orElse(null);
    here.guard().ifPresent(ClientVersionFilter::requireReadable);
  }

  private static void requireReadable(SchemaGuard guard) {
    for (ConfigurationException error : guard.matrix().clients().errors()) {
      throw error;
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ClientPolicy inForce = policy;
    if (inForce == null
        || !(request instanceof HttpServletRequest asking)
        || !(response instanceof HttpServletResponse answer)
        || Page.isAskedFor(asking)) {
      chain.doFilter(request, response);
      return;
    }
    // Added to every response, because a cache must not return it to a client that sends its name.
    answer.addHeader("Vary", inForce.header());
    ClientCompatibility fit = fit(asking, inForce.header());
    if (fit != null) {
      asking.setAttribute(ATTRIBUTE, fit);
      answer.setHeader(MARK, Setting.word(fit.outcome()));
    }
    if (fit != null && fit.outcome().isRefused() && inForce.action() == Action.REFUSE) {
      refusal(fit).send(asking, answer);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Returns whether the client that the request names is compatible; null if it is in no client
   * table. If there are several headers, the first one with an incompatible client counts, else the
   * first one with a client that is in a table.
   */
  private static @Nullable ClientCompatibility fit(HttpServletRequest request, String header) {
    SchemaGuard guard = ContextGuard.of(request.getServletContext()).guard().orElse(null);
    Enumeration<String> headers = request.getHeaders(header);
    ClientCompatibility first = null;
    while (guard != null && headers != null && headers.hasMoreElements()) {
      ClientCompatibility fit = fit(guard, headers.nextElement());
      if (fit != null && fit.outcome().isRefused()) {
        return fit;
      }
      first = first == null ? fit : first;
    }
    return first;
  }

  /**
   * Returns the compatibility of the first product that is in a client table; null if there is
   * none.
   */
  private static @Nullable ClientCompatibility fit(SchemaGuard guard, String products) {
    for (ClientProduct product : ClientProduct.of(products)) {
      ClientCompatibility fit = guard.clientCompatibility(product.name(), product.version());
      if (fit.outcome() != Outcome.UNKNOWN_COMPONENT) {
        return fit;
      }
    }
    return null;
  }

  private static Reply refusal(ClientCompatibility fit) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", "Forbidden")
            .put("status", FORBIDDEN)
            .put("detail", fit.sentence())
            .put("client", fit.component())
            .put("client_version", fit.clientVersion())
            .put("server_version", fit.serverVersion())
            .put("accepted", fit.accepted());
    return Reply.json(FORBIDDEN, "application/problem+json", problem);
  }
}
