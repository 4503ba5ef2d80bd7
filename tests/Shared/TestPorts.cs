using System.Net;
using System.Net.Sockets;

namespace TheaIA.Tests;

/// <summary>Ports of 127.0.0.1 for servers of the tests, which run many at once.</summary>
internal static class TestPorts
{
    /// <summary>A port that nothing listens on, below the range that outgoing connections get.</summary>
    public static int Free()
    {
        while (true)
        {
            using var held = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                held.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(15_000, 32_000)));
                return PortOf(held);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // another one, then
            }
        }
    }

    /// <summary>A port that refuses for sure: it is bound, so that no other test gets it, and does not listen.</summary>
    public static Socket Refusing(out int port)
    {
        var held = new Socket(SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        port = PortOf(held);
        return held;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
