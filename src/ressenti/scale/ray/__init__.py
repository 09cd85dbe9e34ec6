"""More than one machine: Ray Data moves accounts through the stages, shard in, shard out."""
