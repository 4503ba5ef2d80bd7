namespace TheaIA.Front;

/// <summary>
/// Who serves, and how many requests each generation still answers. Reading the file and counting the
/// request are one step: once a report names a new generation, no request can join the old one.
/// </summary>
/// <param name="path">The file <c>current</c>.</param>
internal sealed class Generations(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Generation> _known = [];
    private Current? _current;

    /// <summary>Takes the generation that serves now, for one request. Reading those few bytes takes some 20 µs.</summary>
    /// <returns>The generation, to be given back by <see cref="Leave"/>; null when nothing runs.</returns>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public Generation? Enter()
    {
        lock (_gate)
        {
            if (FrontFile.Read(path) is not { } current)
            {
                return null;
            }

            var generation = _known.Find(g => g.Current == current);
            if (generation is null)
            {
                generation = new Generation(current);
                _known.Add(generation);
            }

            generation.InFlight++;
            _current = current;
            Forget();
            return generation;
        }
    }

    /// <summary>Gives a generation back: the request has its answer.</summary>
    /// <param name="generation">What <see cref="Enter"/> gave.</param>
    public void Leave(Generation generation)
    {
        lock (_gate)
        {
            generation.InFlight--;
            Forget();
        }
    }

    /// <summary>Who serves now and who still answers, for whoever waits to end an old one.</summary>
    public GenerationReport Report()
    {
        lock (_gate)
        {
            var current = Served();
            var busy = _known
                .Where(g => g.InFlight > 0)
                .GroupBy(g => g.Current.Generation)
                .ToDictionary(g => g.Key, g => g.Sum(x => x.InFlight));
            if (current is not null)
            {
                busy.TryAdd(current.Generation, 0);
            }

            return new GenerationReport(current?.Generation, busy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _known.ForEach(g => g.Dispose());
            _known.Clear();
        }
    }

    private Current? Served()
    {
        try
        {
            return FrontFile.Read(path);
        }
        catch (Exception unreadable)
            when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // each request tells that at length; here it means that nothing serves
            return null;
        }
    }

    private void Forget()
    {
        foreach (var old in _known.FindAll(g => g.InFlight == 0 && g.Current != _current))
        {
            old.Dispose();
            _known.Remove(old);
        }
    }
}

/// <summary>The answer of <c>GET /.front/generations</c>.</summary>
/// <param name="Current">The generation that serves; null when nothing does.</param>
/// <param name="InFlight">Requests being answered, by generation; an old one that is not there has none.</param>
internal sealed record GenerationReport(long? Current, IReadOnlyDictionary<long, int> InFlight);
