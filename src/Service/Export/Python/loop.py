def batch(samples, labels, chosen, stream=None):
    """[n, C, H, W] with channels last in memory, or [n, 2]; [n] int64."""
    x = samples[chosen]
    if stream is not None:
        x = move(x, stream)
    x = x.float() * scale + shift
    if stream is not None:
        x = blank(x, stream)
    return (x.permute(0, 3, 1, 2) if x.dim() == 4 else x).to(DEVICE), labels[chosen].to(DEVICE)


def scores_of(x):
    with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=BFLOAT16):
        return network(x).float()


@torch.no_grad()
def evaluate(samples, labels, chosen):
    network.eval()
    loss_sum, correct = 0.0, 0
    for first in range(0, len(chosen), 256):
        x, y = batch(samples, labels, chosen[first : first + 256])
        scores = scores_of(x)
        if TEST_TIME_FLIP:
            scores = (scores + scores_of(x.flip(3))) / 2
        loss_sum += F.cross_entropy(scores, y).item() * len(y)
        correct += (scores.argmax(1) == y).sum().item()
    return loss_sum / len(chosen), correct / len(chosen)
