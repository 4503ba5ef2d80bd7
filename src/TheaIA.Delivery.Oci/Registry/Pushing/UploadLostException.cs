namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>The registry knows nothing of an upload any more: it was restarted, or cleaned up.</summary>
internal sealed class UploadLostException() : IOException("the upload is not known any more");
