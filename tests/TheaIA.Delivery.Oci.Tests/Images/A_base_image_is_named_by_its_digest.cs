using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class A_base_image_is_named_by_its_digest : IDisposable
{
    private const string Digest =
        "sha256:4be1f0aa9c023f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c0213f2c1a9d0b7d";

    private readonly Sandbox sandbox = new();

    [Theory]
    [InlineData("127.0.0.1:5000/base", "127.0.0.1:5000/base")]
    [InlineData("127.0.0.1:5000/base:10.0", "127.0.0.1:5000/base")]
    [InlineData("registry.example.org/team/base:10.0", "registry.example.org/team/base")]
    [InlineData("localhost/base", "localhost/base")]
    public void In_a_registry(string name, string repository)
    {
        var registry = sandbox.Store;
        var asked = "";

        var under = OciBase.Parse(
            $"{name}@{Digest}",
            at =>
            {
                asked = at;
                return registry;
            }
        );

        asked.ShouldBe(repository);
        under.ShouldBe(new BaseImage($"{name}@{Digest}", new Claim(repository, Digest), registry));
    }

    [Fact]
    public void In_a_folder()
    {
        var folder = new BaseFolder(sandbox["a base@home"]);

        var under = OciBase.Parse($"{folder.Root}@{Digest}", NoRegistry);

        under.What.ShouldBe(new Claim(folder.Root, Digest));
        under.From.Name.ShouldBe(folder.Root);
    }

    [Theory]
    [InlineData("./base", true)]
    [InlineData("../base", true)]
    [InlineData("/srv/base", true)]
    [InlineData("base", false)]
    [InlineData("127.0.0.1:5000/base", false)]
    public void A_folder_is_told_by_how_it_begins(string reference, bool folder) =>
        OciBase.IsFolder(reference).ShouldBe(folder);

    [Theory]
    [InlineData("127.0.0.1:5000/base:10.0", "127.0.0.1:5000/base:10.0")]
    [InlineData("./base", "./base")]
    [InlineData("base@sha256:4be1f0aa9c02", "base")]
    [InlineData("base@sha512:00", "base")]
    [InlineData("@" + Digest, "@" + Digest)]
    [InlineData("", "REF")]
    public void Without_a_whole_digest_it_is_refused(string reference, string name)
    {
        var error = Should.Throw<OutcomeException>(() => OciBase.Parse(reference, NoRegistry));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"--base-image needs a digest, since a tag may move: {name}@sha256:... and not '{reference}'."
        );
    }

    [Fact]
    public void A_folder_that_is_no_layout_is_refused()
    {
        var reference = $"{sandbox["nowhere"]}@{Digest}";

        var error = Should.Throw<OutcomeException>(() => OciBase.Parse(reference, NoRegistry));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"There is no image layout in {sandbox["nowhere"]} (no file oci-layout): --base-image names a folder in OCI image layout, or HOST/REPOSITORY@sha256:..."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private static IRegistry NoRegistry(string repository) =>
        throw new InvalidOperationException(repository);
}
