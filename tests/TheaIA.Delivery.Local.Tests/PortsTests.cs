using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Tests;

public class PortsTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("127.0.0.2", false)]
    public void Who_listens_where_the_front_would_is_found(string address, bool found)
    {
        var port = Ports.Free();
        Ports.Sockets(port).ShouldBeEmpty();
        using var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        var sockets = Ports.Sockets(port);
        sockets.Count.ShouldBe(found ? 1 : 0);
        Ports.Holder(sockets)?.Key.Id.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void A_socket_that_nobody_shows_has_no_holder() =>
        Ports.Holder(new HashSet<string> { "socket:[0]" }).ShouldBeNull();

    [Fact]
    public void A_machine_says_whether_it_has_ipv6()
    {
        using var socket = new Socket(
            AddressFamily.InterNetworkV6,
            SocketType.Stream,
            ProtocolType.Tcp
        );
        Should.NotThrow(() => socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0)));
        Ports.HasIpv6Loopback().ShouldBeTrue("the bind above worked");
    }

    [Fact]
    public void A_process_that_is_gone_shows_no_socket() =>
        Ports.Descriptors(int.MaxValue).ShouldBeEmpty();

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_brought_to_the_disk() =>
        Should
            .Throw<Win32Exception>(() => Native.Sync("/no/such/folder"))
            .Message.ShouldBe(
                "/no/such/folder cannot be brought to the disk: No such file or directory"
            );

    [Fact]
    public void A_process_reads_as_a_person_would_type_it()
    {
        new ProcessInfo(new ProcessKey(4711, 1), ["python3", "-m", "http.server", "8000"])
            .ToString()
            .ShouldBe("process 4711 (python3 -m http.server 8000)");
        new ProcessInfo(new ProcessKey(4711, 1), [new string('x', 61)])
            .ToString()
            .ShouldBe($"process 4711 ({new string('x', 57)}...)");
    }

    [Fact]
    public void A_process_that_is_gone_is_not_found()
    {
        ProcessTable.Find(int.MaxValue).ShouldBeNull();
        ProcessTable.Find(Environment.ProcessId)!.Arguments.ShouldNotBeEmpty();
        Should.NotThrow(() => Native.Signal(int.MaxValue, Native.Terminate));
    }
}
