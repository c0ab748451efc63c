// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server that can be made to swallow everything: connections stay open and nobody
 * answers, as behind a broken network or a server that hangs.
 */
public final class TcpProxy implements AutoCloseable {

  private final ServerSocket entrance;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  private TcpProxy(int target, boolean frozen) throws IOException {
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.frozen = frozen;
    daemon(this::accept);
  }

  /** A way to the server on a port of this machine. */
  public static TcpProxy to(int port) throws IOException {
    return new TcpProxy(port, false);
  }

  /** A server that accepts every connection and never answers. */
  public static TcpProxy toNowhere() throws IOException {
    return new TcpProxy(0, true);
  }

  /** Where to connect to. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** Swallows everything from now on. */
  public void freeze() {
    frozen = true;
  }

  /** Drops every connection, and refuses new ones. */
  public void cut() throws IOException {
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        sockets.add(client);
        if (!frozen) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(server);
          daemon(() -> pump(client, server));
          daemon(() -> pump(server, client));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!frozen) {
          out.write(buffer, 0, read);
        }
      }
      if (!frozen) {
        to.close();
      }
    } catch (IOException e) {
      // One side closed.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
