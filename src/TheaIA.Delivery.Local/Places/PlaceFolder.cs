using System.Globalization;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.State;
using TheaIA.Front;

namespace TheaIA.Delivery.Local.Places;

/// <summary>What lies under $THEAIA_STATE/places/SERVICE/ENVIRONMENT.</summary>
internal sealed class PlaceFolder
{
    public PlaceFolder(string stateRoot, Place place)
    {
        Place = place;
        Root = Path.Combine(
            stateRoot,
            "places",
            Names.Checked(place.Service),
            Names.Checked(place.Environment)
        );
    }

    public Place Place { get; }
    public string Root { get; }

    /// <summary>The one truth about what serves; the front reads it too.</summary>
    public string CurrentFile => Path.Combine(Root, "current");

    /// <summary>Unpacked images, a folder a digest.</summary>
    public string Roots => Path.Combine(Root, "roots");

    /// <summary>DATA_DIR of the service: stays over all its releases.</summary>
    public string Data => Path.Combine(Root, "data");

    public string LedgerHead => Path.Combine(Root, "ledger-head");
    public string Fence => Path.Combine(Root, "fence");
    public string Port => Path.Combine(Root, "port");
    public string FrontLog => Path.Combine(Root, "front.log");
    public string FrontPid => Path.Combine(Root, "front.pid");
    private string Generations => Path.Combine(Root, "generations");

    public string RecordOf(long generation) => Path.Combine(FolderOf(generation), "record.json");

    public string LogOf(long generation) => Path.Combine(FolderOf(generation), "log");

    public string PidOf(long generation) => Path.Combine(FolderOf(generation), "pid");

    /// <summary>Makes the folders that everything else stands in.</summary>
    public void Make()
    {
        Durable.CreateDirectory(Roots);
        Durable.CreateDirectory(Generations);
        Durable.CreateDirectory(Data);
    }

    /// <summary>The lock of what changes here.</summary>
    public Task<FileLock> LockAsync(TimeProvider time, CancellationToken cancel)
    {
        Durable.CreateDirectory(Root);
        return FileLock.TakeAsync(Path.Combine(Root, "lock"), time, cancel);
    }

    /// <summary>What should serve; null: nothing.</summary>
    public Current? ReadCurrent()
    {
        try
        {
            return FrontFile.Read(CurrentFile);
        }
        catch (InvalidDataException)
        {
            // the front serves nothing by a broken file either; the next switch writes it anew
            return null;
        }
    }

    /// <summary>Puts back what served, or that nothing did.</summary>
    public void WriteCurrent(Current? current)
    {
        if (current is null)
        {
            Durable.Remove(CurrentFile);
        }
        else
        {
            FrontFile.Write(CurrentFile, current);
        }
    }

    /// <summary>The process that should serve, when it is alive.</summary>
    public ServiceProcess? Serving(Current? current) =>
        current is not null
        && File.Exists(PidOf(current.Generation))
        && int.TryParse(
            File.ReadAllText(PidOf(current.Generation)),
            CultureInfo.InvariantCulture,
            out var id
        )
        && ProcessTable.Find(id) is { } process
        && ServiceProcess.Of(process, this) is { } service
        && service.Port == current.Port
        && string.Equals(service.Digest, current.Digest, StringComparison.Ordinal)
            ? service
            : null;

    /// <summary>Every process that runs from a root of this place.</summary>
    public IReadOnlyList<ServiceProcess> Processes() =>
        [.. ProcessTable.All().Select(p => ServiceProcess.Of(p, this)).OfType<ServiceProcess>()];

    /// <summary>Numbers of all starts whose logs are kept, oldest first.</summary>
    public IReadOnlyList<long> Numbers() =>
        Directory.Exists(Generations)
            ?
            [
                .. Directory
                    .EnumerateDirectories(Generations)
                    .Select(d => long.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
                    .Order(),
            ]
            : [];

    /// <summary>The number of the last start; 0: there was none.</summary>
    public long Last() => Numbers() is [.., var last] ? last : 0;

    /// <summary>Starts that were not ended in order, or serve.</summary>
    public IReadOnlyList<Generation> Open() =>
        [
            .. Numbers()
                .Select(n => LocalJson.Read(RecordOf(n), LocalJson.Default.Generation))
                .OfType<Generation>(),
        ];

    /// <summary>Writes down, durably, that a start is about to be.</summary>
    public Generation Begin(string digest)
    {
        var last = Math.Max(Last(), ReadCurrent()?.Generation ?? 0);
        var generation = new Generation(last + 1, digest, Ports.Free());
        Durable.CreateDirectory(FolderOf(generation.Number));
        LocalJson.Write(RecordOf(generation.Number), generation, LocalJson.Default.Generation);
        return generation;
    }

    /// <summary>Leaves nothing of a start but its log.</summary>
    public void Forget(long generation)
    {
        Durable.Remove(RecordOf(generation));
        Durable.Remove(PidOf(generation));
    }

    /// <summary>Removes the logs of all starts but the last ten and those that are open.</summary>
    public void TidyLogs()
    {
        foreach (var number in Numbers().SkipLast(10).Where(n => !File.Exists(RecordOf(n))))
        {
            Directory.Delete(FolderOf(number), recursive: true);
        }
    }

    /// <summary>Refuses a lease that is not the newest one seen here, and remembers a newer one.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: another run took it over.</exception>
    public void Pass(Lease lease)
    {
        var newest = NewestToken();
        if (lease.Token < newest)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"Another run took over the lease of {Place} (token {newest}, this one has {lease.Token}): nothing was switched. ./build.sh Status shows what runs."
            );
        }
        if (lease.Token > newest)
        {
            Durable.Write(Fence, lease.Token.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Removes what a killed run wrote aside and did not put in place.</summary>
    public void TidyAside() => Durable.RemoveAside(Root);

    private long NewestToken() =>
        // a broken fence keeps nobody out: the lease itself still does
        File.Exists(Fence)
        && long.TryParse(
            File.ReadAllText(Fence),
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out var token
        )
            ? token
            : long.MinValue;

    private string FolderOf(long generation) =>
        Path.Combine(Generations, generation.ToString(CultureInfo.InvariantCulture));
}
