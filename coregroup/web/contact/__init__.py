"""Contact with the child: agreed contact that was missed or cannot be kept."""
