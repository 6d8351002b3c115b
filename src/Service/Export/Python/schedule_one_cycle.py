def one_cycle(step, rise, start, end):
    """torch.optim.lr_scheduler.OneCycleLR: the peak is at step rise * TOTAL_STEPS - 1, the end at the last step."""
    peak = rise * TOTAL_STEPS - 1
    last = max(TOTAL_STEPS - 1, peak + 1)
    if step <= peak and peak > 0:
        return cosine(start, 1.0, step / peak)
    top = max(peak, 0)
    return cosine(1.0, end, min(1.0, (step - top) / (last - top))) if last > top else 1.0
