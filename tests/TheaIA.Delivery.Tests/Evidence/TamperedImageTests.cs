namespace TheaIA.Delivery.Tests.Evidence;

public sealed class TamperedImageTests : TamperedFolder
{
    [Fact]
    public async Task A_changed_layer_is_named() =>
        await FailsAsync(f => f.Damage(Layer), $"{Layer} was changed: its sha256 is ");

    [Fact]
    public async Task A_changed_layer_is_named_though_it_is_listed() =>
        await FailsAsync(
            f =>
            {
                f.Damage(Layer);
                f.Relist();
            },
            $"{Layer} is damaged: its content has the digest sha256:"
        );

    [Fact]
    public async Task A_changed_configuration_is_named() =>
        await FailsAsync(
            f =>
            {
                f.Damage($"image/blobs/sha256/{Given.Config[7..]}");
                f.Relist();
            },
            $"image/blobs/sha256/{Given.Config[7..]} is damaged"
        );

    [Fact]
    public async Task A_changed_manifest_is_named() =>
        await FailsAsync(
            f =>
            {
                f.Damage(Manifest);
                f.Relist();
            },
            $"{Manifest} is damaged"
        );

    [Fact]
    public async Task A_layer_that_was_taken_away_is_named() =>
        await FailsAsync(
            f =>
            {
                File.Delete(f[Layer]);
                f.Relist();
            },
            $"{Given.Layer} belongs to the image and is missing"
        );

    [Fact]
    public async Task A_manifest_that_was_taken_away_is_named() =>
        await FailsAsync(
            f =>
            {
                File.Delete(f[Manifest]);
                f.Relist();
            },
            $"the manifest {Given.What.Digest} is missing in image/"
        );

    [Fact]
    public async Task A_blob_that_was_added_is_named() =>
        await FailsAsync(
            f =>
            {
                File.WriteAllText(f["image/blobs/sha256/more"], "more");
                File.WriteAllText(f["image/more"], "more");
                f.Relist();
            },
            "image/blobs/sha256/more does not belong to the image",
            "image/more does not belong to the image"
        );

    [Fact]
    public async Task A_layout_that_names_another_image_is_told() =>
        await FailsAsync(
            f =>
            {
                f.Change("image/index.json", Given.What.Digest, Given.Config);
                f.Relist();
            },
            $"image/index.json does not name {Given.What.Digest} alone"
        );
}
